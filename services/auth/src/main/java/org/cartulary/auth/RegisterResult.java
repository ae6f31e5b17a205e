package org.cartulary.auth;

import java.util.UUID;

/** What became of a registration. */
sealed interface RegisterResult {

    /** There is a new account. */
    record Registered(UUID userId) implements RegisterResult {}

    /** The e-mail address has an account. */
    record EmailTaken() implements RegisterResult {}

    /** The password is too easily guessed. */
    record PasswordRefused(PasswordRules.Refusal refusal) implements RegisterResult {}
}
