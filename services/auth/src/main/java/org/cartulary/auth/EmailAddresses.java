package org.cartulary.auth;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What an e-mail address looks like; the database checks the same. */
final class EmailAddresses {

    static final String PATTERN = "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}";
    static final int MAX_CHARACTERS = 255;

    private static final Predicate<String> IS_ADDRESS = Pattern.compile(PATTERN).asMatchPredicate();

    private EmailAddresses() {}

    /** Whether an account could have it. Then Java and the database agree about its lower case. */
    static boolean isAddress(String email) {
        return IS_ADDRESS.test(email);
    }
}
