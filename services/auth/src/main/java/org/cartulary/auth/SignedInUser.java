package org.cartulary.auth;

import java.util.UUID;

/** Somebody who has just proven who they are, with the token that renews the proof, once. */
record SignedInUser(UUID userId, String role, UUID sessionId, String refreshToken) {

    @Override
    public String toString() {
        return "SignedInUser[userId=" + userId + ", sessionId=" + sessionId + "]";
    }
}
