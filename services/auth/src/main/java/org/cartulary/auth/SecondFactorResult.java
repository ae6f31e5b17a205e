package org.cartulary.auth;

import java.time.Duration;
import java.util.List;

/** What became of a password or a code that was shown to change a second factor. */
sealed interface SecondFactorResult {

    /** It was right, and the secret counts once a code of it is shown. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and not seen outside of this package
    record Begun(byte[] secret) implements SecondFactorResult {

        @Override
        public String toString() {
            return "Begun[]";
        }
    }

    /** It was right, and there is a factor, which is to be removed first. */
    record AlreadyActive() implements SecondFactorResult {}

    /** It was right, and the factor is asked from now on. The recovery codes are shown once. */
    record Confirmed(List<String> recoveryCodes) implements SecondFactorResult {

        @Override
        public String toString() {
            return "Confirmed[]";
        }
    }

    /** It was right, and the factor is asked no more. */
    record Removed() implements SecondFactorResult {}

    /** It is not the password. */
    record WrongPassword() implements SecondFactorResult {}

    /** It is not a code of the factor, or was used before. */
    record WrongCode() implements SecondFactorResult {}

    /** There is no factor to be confirmed or removed. */
    record NoFactor() implements SecondFactorResult {}

    /** The code was not looked at, because too many were wrong. */
    record TooManyAttempts(Duration retryAfter) implements SecondFactorResult {}
}
