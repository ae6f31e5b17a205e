package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.cartulary.auth.PasswordRules.Refusal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("AUT-02")
class PasswordRulesTest {

    private static final Person ADA =
            new Person(new UUID(0, 1), "ada.lovelace@engines.example", "Augusta", "King-Noel");

    @Test
    void aPasswordHasTwelveCharactersAsPeopleCountThem() {
        assertThat(PasswordRules.refusal("kzwhfo7bx1q", ADA)).contains(Refusal.TOO_SHORT);
        assertThat(PasswordRules.refusal("kzwhfo7bx1qm", ADA)).isEmpty();
        assertThat(PasswordRules.refusal("\uD83D\uDE00".repeat(11), ADA)).contains(Refusal.TOO_SHORT);
        assertThat(PasswordRules.refusal("kzwhfo7bx1qm".repeat(11), ADA)).contains(Refusal.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password1234",
                "Password2024!",
                "P@ssw0rd P@ssw0rd",
                "qwertyuiop[]",
                "123456789012",
                "abcdefghijkl",
                "aaaaaaaaaaaaaaa",
                "iloveyou-iloveyou",
                "letmeinletmein1",
                "Welcome2Cartulary",
                "111222333444555",
                "admin.admin.admin",
                "Monday-Tuesday-99",
                "!!!!!!!!!!!!!!"
            })
    void whatEverybodyTriesFirstIsRefused(String password) {
        assertThat(PasswordRules.refusal(password, ADA)).contains(Refusal.COMMON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada.lovelace1815", "Lovelace-Lovelace", "Augusta King 1852", "ada@engines.example1"})
    void whatEverybodyKnowsOfThePersonIsRefused(String password) {
        assertThat(PasswordRules.refusal(password, ADA)).contains(Refusal.PERSONAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery",
                "twelve letters",
                "Passwords are a plague on people",
                "Lovelace wrote programs before machines",
                "быстрая коричневая лиса"
            })
    void unusualPasswordsOfAnyKindAreTaken(String password) {
        assertThat(PasswordRules.refusal(password, ADA)).isEmpty();
    }
}
