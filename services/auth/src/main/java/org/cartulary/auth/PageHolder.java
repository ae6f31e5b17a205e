package org.cartulary.auth;

import java.util.UUID;

/** Who is logged in at a page, and the session behind it; who it is, is sealed. */
record PageHolder(UUID sessionId, UUID userId, String role, String personSealed) {

    @Override
    public String toString() {
        return "PageHolder[userId=" + userId + ", sessionId=" + sessionId + "]";
    }
}
