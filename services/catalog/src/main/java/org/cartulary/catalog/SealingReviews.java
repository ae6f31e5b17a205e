package org.cartulary.catalog;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.privacy.Place;
import org.cartulary.platform.privacy.SealingKey;
import org.cartulary.platform.privacy.Subject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Seals what customers write under their keys. Keys are got, and words opened, outside of transactions. Thread-safe. */
final class SealingReviews {

    private static final Place WORDS = new Place("catalog.product_reviews.words_sealed");

    private final PersonalData personalData;
    private final JsonMapper json;

    SealingReviews(PersonalData personalData, JsonMapper json) {
        this.personalData = personalData;
        this.json = json;
    }

    /** The words as they are kept with this review of this customer. */
    String seal(UUID customerId, UUID reviewId, ReviewWords words) {
        SealingKey key = personalData.keyOf(Subject.account(customerId));
        return personalData.seal(key, WORDS, reviewId, json.writeValueAsString(words));
    }

    /** The reviews as everybody sees them, whose keys are got by one call. */
    List<PublishedReview> published(List<StoredReview> reviews) {
        prepare(reviews);
        return reviews.stream()
                .map(review -> {
                    @Nullable ReviewWords words = words(review).orElse(null);
                    return new PublishedReview(
                            review.id(),
                            review.rating(),
                            words == null ? null : words.author(),
                            words == null ? null : words.title(),
                            words == null ? null : words.text(),
                            review.verifiedPurchase(),
                            review.createdAt());
                })
                .toList();
    }

    /** The reviews as their authors and the shop see them, whose keys are got by one call. */
    List<ReviewView> opened(List<StoredReview> reviews) {
        prepare(reviews);
        return reviews.stream().map(this::open).toList();
    }

    /** The review as its author and the shop see it. */
    ReviewView open(StoredReview review) {
        @Nullable ReviewWords words = words(review).orElse(null);
        return new ReviewView(
                review.id(),
                review.productId(),
                review.customerId(),
                review.rating(),
                words == null ? null : words.author(),
                words == null ? null : words.title(),
                words == null ? null : words.text(),
                review.verifiedPurchase(),
                review.status(),
                review.rejectionReason(),
                review.createdAt(),
                review.updatedAt(),
                review.version());
    }

    private void prepare(List<StoredReview> reviews) {
        personalData.prepare(reviews.stream()
                .<@Nullable String>map(StoredReview::wordsSealed)
                .toList());
    }

    private Optional<ReviewWords> words(StoredReview review) {
        return personalData
                .open(WORDS, review.id(), review.wordsSealed())
                .map(text -> json.readValue(text, ReviewWords.class));
    }
}
