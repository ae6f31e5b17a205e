package org.cartulary.platform.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a request, the first or a repeated one.
 *
 * @param replayed whether it comes from an earlier request
 */
public record StoredAnswer<T>(
        int status, @Nullable T body, @Nullable String location, boolean replayed) {}
