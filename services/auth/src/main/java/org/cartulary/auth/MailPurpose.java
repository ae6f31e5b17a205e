package org.cartulary.auth;

/**
 * For what mails to an address are counted, each by itself: who only asks for mails must not use up those that the holder of the
 * address needs to register.
 */
enum MailPurpose {
    /** What a registration is answered with. */
    REGISTRATION,
    /** Another mail that verifies the address. */
    EMAIL_VERIFICATION,
    /** A mail that sets a new password. */
    PASSWORD_RESET
}
