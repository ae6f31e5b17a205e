package org.cartulary.inventory;

/** Why stock was moved, in the words of a caller. */
final class Reasons {

    private static final int MAX_CHARACTERS = 255;

    private Reasons() {}

    /** As much of the reason as is kept. */
    static String kept(String reason) {
        return reason.length() <= MAX_CHARACTERS ? reason : reason.substring(0, MAX_CHARACTERS);
    }
}
