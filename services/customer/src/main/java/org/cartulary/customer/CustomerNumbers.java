package org.cartulary.customer;

import java.security.SecureRandom;

/** Numbers for customers whom the shop has given none. Thread-safe. */
final class CustomerNumbers {

    private static final String PREFIX = "C-";
    private static final String CROCKFORD_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CHARACTERS = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CustomerNumbers() {}

    /** A number that tells nothing of how many customers there are; one of 2^50. */
    static String next() {
        StringBuilder number = new StringBuilder(PREFIX.length() + CHARACTERS).append(PREFIX);
        RANDOM.ints(CHARACTERS, 0, CROCKFORD_BASE32.length())
                .forEach(digit -> number.append(CROCKFORD_BASE32.charAt(digit)));
        return number.toString();
    }
}
