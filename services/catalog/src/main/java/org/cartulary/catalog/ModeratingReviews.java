package org.cartulary.catalog;

import java.util.UUID;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** Has the shop decide which reviews are shown. A decision is on one version: what is changed meanwhile is not decided. Thread-safe. */
final class ModeratingReviews {

    private final Database database;
    private final ReviewStore reviews;
    private final WritingReviews writing;

    ModeratingReviews(Database database, ReviewStore reviews, WritingReviews writing) {
        this.database = database;
        this.reviews = reviews;
        this.writing = writing;
    }

    /**
     * Has the review shown and counted. Who has bought the product since it was written is verified, too.
     *
     * @throws ProblemException 404 {@code review-not-found}; 412 {@code precondition-failed} where it is another version, or was
     *     approved before
     */
    StoredReview approve(UUID id, long version) {
        StoredReview review = writing.own(id);
        UUID author = review.customerId();
        boolean bought = !review.verifiedPurchase() && author != null && writing.hasBought(author, review.productId());
        return decide(id, version, "APPROVED", null, bought);
    }

    /**
     * Has the review shown to nobody but its author.
     *
     * @param reason a code
     * @throws ProblemException 404 {@code review-not-found}; 409 {@code author-forgotten}; 412 {@code precondition-failed} where it is
     *     another version, or was rejected before
     */
    StoredReview reject(UUID id, long version, String reason) {
        if (writing.own(id).customerId() == null) {
            throw ProblemException.conflict(
                    "author-forgotten", "of this review only the rating is left, which is nobody's");
        }
        return decide(id, version, "REJECTED", reason, false);
    }

    private StoredReview decide(UUID id, long version, String status, @Nullable String reason, boolean bought) {
        return database.inTransaction(tx -> {
            StoredReview decided =
                    reviews.decide(tx, id, version, status, reason, bought).orElseThrow(ETags::stale);
            AuditedAct act = AuditedAct.of(reason == null ? "review.approved" : "review.rejected", "review", id)
                    .with("product", decided.productId());
            AuditLog.record(tx, reason == null ? act : act.with("reason", reason));
            return decided;
        });
    }
}
