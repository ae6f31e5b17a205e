package org.cartulary.contracts.auth;

/** Asks for a page session in place of a refresh token, which a log-in has just handed out. */
public record OpenPageSession(String refreshToken) {

    /** Leaves out the token. */
    @Override
    public String toString() {
        return "OpenPageSession[]";
    }
}
