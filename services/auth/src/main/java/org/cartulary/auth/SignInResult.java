package org.cartulary.auth;

import java.time.Duration;

/** What became of a log-in. */
sealed interface SignInResult {

    /** The password was right. */
    record SignedIn(SignedInUser user) implements SignInResult {}

    /** The address and the password do not belong together; which of them is wrong stays unsaid. */
    record WrongCredentials() implements SignInResult {}

    /** The password was not looked at, because too many log-ins with this address failed. */
    record TooManyAttempts(Duration retryAfter) implements SignInResult {}
}
