package org.cartulary.auth;

/** What somebody who registers is told: nothing that depends on whether the address has an account. */
sealed interface RegisterResult {

    /** Whatever is to be said is said by a mail to the address. */
    record Accepted() implements RegisterResult {}

    /** The password is too easily guessed. */
    record PasswordRefused(PasswordRules.Refusal refusal) implements RegisterResult {}
}
