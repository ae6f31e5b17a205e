package org.cartulary.customer;

import java.security.SecureRandom;

/** Numbers of registered customers: they tell neither when somebody came nor how many there are. */
final class CustomerNumbers {
    /** Crockford's base 32: no letter that could be read as a digit. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LENGTH = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CustomerNumbers() {}

    /** {@code C-} and ten random characters, 50 bits. */
    static String next() {
        StringBuilder number = new StringBuilder("C-");
        for (int i = 0; i < LENGTH; i++) {
            number.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return number.toString();
    }
}
