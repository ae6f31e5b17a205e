package org.cartulary.auth;

/** What became of a new password. */
sealed interface ResetPasswordResult {

    /** It is the password now, and all sessions have ended. */
    record Reset() implements ResetPasswordResult {}

    /** The token allows nothing: it is unknown, used or expired. */
    record InvalidToken() implements ResetPasswordResult {}

    /** The password is refused; the token is still good. */
    record Refused(PasswordRules.Refusal refusal) implements ResetPasswordResult {}
}
