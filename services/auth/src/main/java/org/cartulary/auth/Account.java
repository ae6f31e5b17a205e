package org.cartulary.auth;

import java.util.UUID;
import org.cartulary.platform.ids.Ids;

/** Whom a mail is for. */
record Account(UUID userId, String email) {

    /** For an address without an account: whatever is done for it costs the same, and leaves nothing. */
    static Account nobody(String email) {
        return new Account(Ids.next(), email);
    }

    @Override
    public String toString() {
        return "Account[userId=" + userId + "]";
    }
}
