package org.cartulary.auth;

import java.util.UUID;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.SealingKey;

/** Whom a mail is for, and the key that seals it. */
record Account(UUID userId, String email, SealingKey key) {

    /** For an address without an account: whatever is done for it costs the same, and leaves nothing. */
    static Account nobody(String email, SealingKey key) {
        return new Account(Ids.next(), email, key);
    }

    @Override
    public String toString() {
        return "Account[userId=" + userId + "]";
    }
}
