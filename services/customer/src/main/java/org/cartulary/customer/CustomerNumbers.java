package org.cartulary.customer;

import java.security.SecureRandom;

/** Numbers of customers who register: Crockford base32, at random. Thread-safe. */
final class CustomerNumbers {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CustomerNumbers() {}

    static String next() {
        StringBuilder number = new StringBuilder("C-");

        for (int i = 0; i < LENGTH; i++) {
            number.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }

        return number.toString();
    }
}
