package org.cartulary.admin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.pages.PageInfo;
import org.jspecify.annotations.Nullable;

/** What the API answers about reviews, as far as pages show it. */
final class Reviews {

    /** What can become of a review. */
    static final List<String> STATES = List.of("PENDING", "APPROVED", "REJECTED");
    /** Why one is not shown. */
    static final List<String> REASONS = List.of("spam", "offensive", "off-topic", "personal-data", "unlawful", "other");

    private Reviews() {}

    record Review(
            UUID id,
            UUID productId,
            int rating,
            @Nullable String author,
            @Nullable String title,
            @Nullable String text,
            boolean verifiedPurchase,
            String status,
            @Nullable String rejectionReason,
            Instant createdAt,
            long version) {

        /** As many stars of five as it gives. */
        public String stars() {
            return "★".repeat(rating) + "☆".repeat(5 - rating);
        }
    }

    record Listed(List<Review> items, PageInfo page) {}
}
