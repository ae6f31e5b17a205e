package org.cartulary.auth;

import java.util.UUID;

/** What an account needs to log in, and whether it asks for a second factor. */
record Credentials(UUID userId, String role, String passwordHash, boolean asksForSecondFactor) {

    @Override
    public String toString() {
        return "Credentials[userId=" + userId + "]";
    }
}
