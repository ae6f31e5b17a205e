package org.cartulary.order;

import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.privacy.Place;
import org.jspecify.annotations.Nullable;

/**
 * Seals what people write when they cancel an order or give money back: it can name anybody, and so it goes with the buyer. Not
 * within a transaction. Thread-safe.
 */
record SealingWords(Database database, SealingOrders sealing) {

    /** What was written with the cancellation of an order, sealed for it; {@code null} where there is nothing to keep. */
    @Nullable String sealCancellation(UUID orderId, @Nullable String words) {
        return seal(orderId, SealingOrders.CANCELLATION, orderId, words);
    }

    /** What was written with a refund, sealed for it; {@code null} where there is nothing to keep. */
    @Nullable String sealRefund(UUID orderId, UUID refundId, @Nullable String words) {
        return seal(orderId, SealingOrders.REFUND, refundId, words);
    }

    /** What is noted on an order, sealed for it; {@code null} if there is no such order, or its buyer was forgotten. */
    @Nullable String sealNote(UUID orderId, UUID noteId, String words) {
        return seal(orderId, SealingOrders.NOTE, noteId, words);
    }

    private @Nullable String seal(UUID orderId, Place place, UUID rowId, @Nullable String words) {
        if (words == null || words.isBlank()) {
            return null;
        }
        // Whether the buyer is forgotten meanwhile, the statement that keeps the words decides.
        return database.inReadTransaction(tx -> OrderStore.buyer(tx, orderId))
                .map(subject -> sealing.seal(subject, place, rowId, words))
                .orElse(null);
    }
}
