package org.cartulary.platform.privacy;

import java.util.regex.Pattern;

/**
 * Why something was done, in a word for machines, such as {@code cancelled-by-buyer}. What people type can name anybody, and is
 * sealed where it is kept; a code names nobody, so that it may be kept in clear, sent on and told in events for ever.
 */
public final class ReasonCode {

    /** What stands for words that were written before there were codes. */
    public static final String UNSPECIFIED = "unspecified";

    /** What a code looks like: 1 to 63 lower-case letters, digits and hyphens, a letter first. */
    public static final String PATTERN = "[a-z][a-z0-9-]{0,62}";

    private static final Pattern CODE = Pattern.compile(PATTERN);

    private ReasonCode() {}

    /**
     * The code itself.
     *
     * @throws IllegalArgumentException if it is anything else than 1 to 63 lower-case letters, digits and hyphens
     */
    public static String require(String code) {
        if (!CODE.matcher(code).matches()) {
            // It may be what somebody typed: not even an error's message repeats it.
            throw new IllegalArgumentException("a reason that is sent or kept in clear is a code, not a text");
        }
        return code;
    }

    /** The code itself, or {@link #UNSPECIFIED} where it is a text, as earlier versions have written it. */
    public static String orUnspecified(String reason) {
        return CODE.matcher(reason).matches() ? reason : UNSPECIFIED;
    }
}
