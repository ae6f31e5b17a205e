package org.cartulary.platform.privacy;

import java.util.Locale;

/**
 * An e-mail address as all services compare it: without the blanks around it, in lower case. Its text form keeps it out of logs.
 *
 * @param normalised what is compared
 */
public record EmailAddress(String normalised) {

    /** However it was typed. */
    public static EmailAddress of(String typed) {
        return new EmailAddress(typed.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return "EmailAddress";
    }
}
