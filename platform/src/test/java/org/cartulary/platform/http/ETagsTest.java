package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PLT-05")
class ETagsTest {

    @Test
    void aVersionComesBackFromItsTag() {
        assertThat(ETags.of(7)).isEqualTo("\"7\"");
        assertThat(ETags.requireMatch(ETags.of(7))).isEqualTo(7);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = " ")
    void aChangeWithoutVersionIsRefused(String ifMatch) {
        assertStatus(ifMatch, 428, "precondition-required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "7", "W/\"7\"", "\"7\", \"8\"", "\"-1\"", "\"99999999999999999999\"", "\"a\""})
    void whatNamesNoVersionMatchesNothing(String ifMatch) {
        assertStatus(ifMatch, 412, "precondition-failed");
    }

    private static void assertStatus(String ifMatch, int status, String code) {
        assertThatThrownBy(() -> ETags.requireMatch(ifMatch))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.status().value()).isEqualTo(status);
                    assertThat(problem.code()).isEqualTo(code);
                });
    }
}
