package org.cartulary.shipping;

import java.util.Locale;

/** States and provinces as they are kept and compared. */
final class States {

    private States() {}

    /** The state without blanks around it and in capital letters, as Java understands them: databases differ in that by their locales. */
    static String canonical(String state) {
        return state.strip().toUpperCase(Locale.ROOT);
    }
}
