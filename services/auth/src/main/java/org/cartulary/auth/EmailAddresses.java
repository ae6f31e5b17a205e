package org.cartulary.auth;

import java.util.Locale;

/** What an e-mail address looks like; the database checks the same. */
final class EmailAddresses {

    static final String PATTERN = "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}";
    static final int MAX_CHARACTERS = 255;

    private EmailAddresses() {}

    /** The hash under which log-ins with the address are counted. */
    static String hash(String email) {
        return SecretTexts.sha256(email.strip().toLowerCase(Locale.ROOT));
    }
}
