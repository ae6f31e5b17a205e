package org.cartulary.auth;

/** What became of a refresh token. */
sealed interface RefreshResult {

    /** It was exchanged for the next one. */
    record Refreshed(SignedInUser user) implements RefreshResult {}

    /** It buys nothing: it is unknown, expired or revoked. */
    record Refused() implements RefreshResult {}

    /** It was used before: somebody else may have it, so its whole session has been ended. */
    record Reused() implements RefreshResult {}
}
