package org.cartulary.contracts.privacy;

import org.jspecify.annotations.Nullable;

/**
 * What came of forgetting somebody in one service.
 *
 * @param rows how many rows this call changed or deleted
 * @param waitsFor why something is left, and the call is to be made again; {@code null} if nothing is
 */
public record ErasedRecords(int rows, @Nullable String waitsFor) {

    /** Nothing is left. */
    public static ErasedRecords all(int rows) {
        return new ErasedRecords(rows, null);
    }
}
