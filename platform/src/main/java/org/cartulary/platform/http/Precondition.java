package org.cartulary.platform.http;

import org.jspecify.annotations.Nullable;

/**
 * What a caller may demand of a row before it is put (RFC 9110, 13.1), so that nobody's change is lost: that it has a certain version,
 * or that there is none yet. Immutable.
 *
 * @param version which it has to have; {@code null} where any does
 * @param absent whether there has to be none
 */
public record Precondition(@Nullable Long version, boolean absent) {

    /** Nothing is demanded. */
    public static final Precondition NONE = new Precondition(null, false);

    private static final String ANY = "*";

    /**
     * The demand of these headers.
     *
     * @param ifMatch as {@link ETags#requireMatch} reads it, to which {@code *} matches nothing; nothing where it is missing or blank
     * @param ifNoneMatch {@code *}, or nothing where it is missing
     * @throws ProblemException 412 {@code precondition-failed} where the one is no tag that {@link ETags#of} makes; 422
     *     {@code invalid-request} where the other is another one
     */
    public static Precondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifNoneMatch != null && !ifNoneMatch.strip().equals(ANY)) {
            throw ProblemException.unprocessable("invalid-request", "the request is not valid")
                    .with("If-None-Match:", "unknown", "only * is understood here: that there is none yet");
        }
        return new Precondition(
                ifMatch == null || ifMatch.isBlank() ? null : ETags.requireMatch(ifMatch), ifNoneMatch != null);
    }
}
