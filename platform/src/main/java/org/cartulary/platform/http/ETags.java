package org.cartulary.platform.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions of rows as entity tags: version 7 is {@code "7"}. Thread-safe. */
public final class ETags {

    private static final Pattern STRONG_VERSION = Pattern.compile("\"(\\d{1,18})\"");

    private ETags() {}

    /** The entity tag of the version, with its quotes. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that the caller has read and wants to change.
     *
     * @param ifMatch the header {@code If-Match}; a weak tag, a list and {@code *} name no version and match nothing
     * @throws ProblemException 428 {@code precondition-required} where it is missing, 412 {@code precondition-failed}
     *     where it is not a tag that {@link #of} makes
     */
    public static long requireMatch(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw ProblemException.preconditionRequired(
                    "precondition-required", "send the ETag of the version that you have read as If-Match");
        }
        var matcher = STRONG_VERSION.matcher(ifMatch.strip());
        if (!matcher.matches()) {
            throw stale();
        }
        return Long.parseLong(matcher.group(1));
    }

    /** 412 {@code precondition-failed}: the row has another version than the caller named, or the header names none. */
    public static ProblemException stale() {
        return ProblemException.preconditionFailed(
                "precondition-failed", "this has changed since you have read it: read it again and repeat your change");
    }
}
