package org.cartulary.platform.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * A definitive answer, which is stored with its effect and given again to each repetition of the request.
 *
 * @param status the HTTP status, 200 to 499
 * @param body what JSON can carry, {@code null} for none
 * @param location the {@code Location} header, {@code null} for none
 */
public record Answer<T>(
        int status, @Nullable T body, @Nullable String location) {

    public Answer {
        if (status < 200 || status > 499) {
            throw new IllegalArgumentException("an answer to keep has a status of 200 to 499, not " + status);
        }
    }

    /** 200 with a body. */
    public static <T> Answer<T> ok(T body) {
        return new Answer<>(200, body, null);
    }

    /** 201 with a body and where the new thing is found. */
    public static <T> Answer<T> created(T body, String location) {
        return new Answer<>(201, body, location);
    }

    /** A status with a body. */
    public static <T> Answer<T> of(int status, T body) {
        return new Answer<>(status, body, null);
    }

    /** 204 without a body. */
    public static <T> Answer<T> noContent() {
        return new Answer<>(204, null, null);
    }
}
