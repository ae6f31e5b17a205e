package org.cartulary.catalog;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of product_reviews.
 *
 * @param customerId {@code null} once the author was forgotten, and so are the words
 */
record StoredReview(
        UUID id,
        UUID productId,
        @Nullable UUID customerId,
        int rating,
        @Nullable String wordsSealed,
        boolean verifiedPurchase,
        String status,
        @Nullable String rejectionReason,
        Instant createdAt,
        Instant updatedAt,
        long version) {}
