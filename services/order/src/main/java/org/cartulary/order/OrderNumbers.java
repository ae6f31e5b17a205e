package org.cartulary.order;

import java.security.SecureRandom;

/**
 * Order numbers such as {@code K7Q2-9XHM-4T}: fifty random bits in Crockford's base 32, which has no letters that look
 * like digits. They tell nothing about how much a shop sells. Thread-safe.
 */
final class OrderNumbers {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int DIGITS = 10;
    private static final int GROUP = 4;

    private final SecureRandom random = new SecureRandom();

    /** A new number, which is taken already with a probability of orders / 2^50. */
    String next() {
        StringBuilder number = new StringBuilder(DIGITS + 2);
        for (int digit = 0; digit < DIGITS; digit++) {
            if (digit > 0 && digit % GROUP == 0) {
                number.append('-');
            }
            number.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return number.toString();
    }
}
