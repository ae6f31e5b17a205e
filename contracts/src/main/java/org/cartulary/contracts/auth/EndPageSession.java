package org.cartulary.contracts.auth;

/** Logs out of the page session of this token. */
public record EndPageSession(String token) {

    /** Leaves out the token. */
    @Override
    public String toString() {
        return "EndPageSession[]";
    }
}
