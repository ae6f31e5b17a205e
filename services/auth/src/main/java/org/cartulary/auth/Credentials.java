package org.cartulary.auth;

import java.util.UUID;

/** What an account needs to log in. */
record Credentials(UUID userId, String role, String passwordHash) {

    @Override
    public String toString() {
        return "Credentials[userId=" + userId + "]";
    }
}
