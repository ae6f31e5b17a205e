package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AUT-03")
class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        String hash = passwords.hash("pässword");
        assertThat(hash).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(passwords.matches("pässword", hash)).isTrue();
        assertThat(passwords.matches("passwort", hash)).isFalse();
        assertThat(passwords.hash("pässword")).isNotEqualTo(hash);
    }

    @Test
    void nobodysPasswordIsNeverRightAndTakesAsLongAsAWrongOne() {
        String hash = passwords.hash("some password");
        passwords.matches("warm", hash);
        // The shortest of some is what it costs; whatever else the machine does makes one longer, never shorter.
        long wrong = LongStream.generate(() -> nanos(hash)).limit(5).min().orElseThrow();
        long nobody = nanos(null);
        assertThat(passwords.matches("anything", null)).isFalse();
        // An answer without a hash would come a thousand times as fast.
        assertThat(nobody).isGreaterThan(wrong / 5);
    }

    private long nanos(String hash) {
        long begin = System.nanoTime();
        passwords.matches("another password", hash);
        return System.nanoTime() - begin;
    }

    @Test
    void theHashesOfOtherProgramsWithTheSameParametersAreUnderstood() {
        // From the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32
        assertThat(passwords.matches(
                        "password",
                        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isTrue();
    }

    @Test
    void aHashOfAnotherKindIsAFault() {
        assertThatIllegalStateException().isThrownBy(() -> passwords.matches("password", "$2a$10$abc"));
    }
}
