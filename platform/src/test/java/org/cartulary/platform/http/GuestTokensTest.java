package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestTokensTest {

    @Test
    void aTokenAlwaysStandsForTheSameGuestAndAnotherTokenForAnotherOne() {
        String token = GuestTokens.next();
        UUID guest = GuestTokens.idOf(token);

        assertThat(GuestTokens.idOf(token)).isEqualTo(guest).isNotEqualTo(GuestTokens.idOf(GuestTokens.next()));
        assertThat(guest.version()).isEqualTo(8);
        assertThat(guest.variant()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19, 201})
    void aTokenThatCanBeGuessedOrIsEndlessIsRefused(int length) {
        assertThatThrownBy(() -> GuestTokens.idOf("x".repeat(length)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo("invalid-guest-token"));
    }
}
