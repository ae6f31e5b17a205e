package org.cartulary.contracts.auth;

/** Asks who has the page session of this token. */
public record UsePageSession(String token) {

    /** Leaves out the token. */
    @Override
    public String toString() {
        return "UsePageSession[]";
    }
}
