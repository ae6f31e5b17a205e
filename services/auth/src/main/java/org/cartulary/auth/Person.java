package org.cartulary.auth;

import java.util.UUID;

/** What an account says of its holder, which a password should not repeat. */
record Person(UUID userId, String email, String firstName, String lastName) {

    @Override
    public String toString() {
        return "Person[userId=" + userId + "]";
    }
}
