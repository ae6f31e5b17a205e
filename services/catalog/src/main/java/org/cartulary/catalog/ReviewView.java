package org.cartulary.catalog;

import static org.cartulary.platform.audit.PersonalDataCategory.FREE_FORM;
import static org.cartulary.platform.audit.PersonalDataCategory.NAME;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.Personal;
import org.jspecify.annotations.Nullable;

/**
 * A review as its author and the shop see it.
 *
 * @param customerId {@code null} once the author was forgotten, and so are the words
 * @param rejectionReason a code, where it is REJECTED
 */
record ReviewView(
        UUID id,
        UUID productId,
        @Nullable UUID customerId,
        int rating,
        @Personal(NAME) @Nullable String author,
        @Personal(FREE_FORM) @Nullable String title,
        @Personal(FREE_FORM) @Nullable String text,
        boolean verifiedPurchase,
        String status,
        @Nullable String rejectionReason,
        Instant createdAt,
        Instant updatedAt,
        long version)
        implements AboutPerson {

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("review", id, customerId);
    }

    @Override
    public String toString() {
        return "ReviewView[id=" + id + "]";
    }
}
