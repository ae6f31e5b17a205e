package org.cartulary.auth;

import org.jspecify.annotations.Nullable;

/**
 * What somebody shows to log in.
 *
 * @param secondFactor a code of the authenticator app, or a recovery code, where the account asks for one
 * @param userAgent the program that they use, as it names itself
 */
record LogIn(
        String email,
        String password,
        @Nullable String secondFactor,
        @Nullable String userAgent) {

    @Override
    public String toString() {
        return "LogIn[]";
    }
}
