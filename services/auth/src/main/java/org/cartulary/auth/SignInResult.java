package org.cartulary.auth;

import java.time.Duration;

/** What became of a log-in. */
sealed interface SignInResult {

    /** The password was right. */
    record SignedIn(SignedInUser user) implements SignInResult {}

    /** The address and the password do not belong together, or the address was not verified; which of it stays unsaid. */
    record WrongCredentials() implements SignInResult {}

    /** The password was right, and the account asks for a second factor, which was not shown. */
    record SecondFactorRequired() implements SignInResult {}

    /** The password was right, and what was shown beside it is no code of the second factor, or was used before. */
    record WrongSecondFactor() implements SignInResult {}

    /** The password was not looked at, because too many log-ins with this address failed. */
    record TooManyAttempts(Duration retryAfter) implements SignInResult {}
}
