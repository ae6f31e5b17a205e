package org.cartulary.catalog;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.audit.NotPersonal;
import org.jspecify.annotations.Nullable;

/**
 * An approved review as everybody sees it.
 *
 * @param author the name that the author chose; {@code null} once the author was forgotten, and so are title and text
 * @param verifiedPurchase whether the author has bought and paid the product
 */
record PublishedReview(
        UUID id,
        int rating,

        @NotPersonal("what the author publishes under a name of their choice") @Nullable String author,

        @Nullable String title,
        @Nullable String text,
        boolean verifiedPurchase,
        Instant createdAt) {}
