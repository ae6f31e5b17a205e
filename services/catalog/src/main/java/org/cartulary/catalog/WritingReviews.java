package org.cartulary.catalog;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cartulary.catalog.ReviewStore.Reviewed;
import org.cartulary.contracts.order.FindPurchase;
import org.cartulary.contracts.order.PurchasesApi;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/**
 * Has customers write, change and withdraw reviews, one a product. Whether the author has bought the product is asked of the orders
 * before the transaction; every version waits for somebody of the shop to approve it. Thread-safe.
 */
final class WritingReviews {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Database database;
    private final ReviewStore reviews;
    private final SealingReviews sealing;
    private final PurchasesApi purchases;
    private final Idempotency idempotency;

    WritingReviews(
            Database database,
            ReviewStore reviews,
            SealingReviews sealing,
            PurchasesApi purchases,
            Idempotency idempotency) {
        this.database = database;
        this.reviews = reviews;
        this.sealing = sealing;
        this.purchases = purchases;
        this.idempotency = idempotency;
    }

    /**
     * The product that is for sale under the id or slug.
     *
     * @throws ProblemException 404 {@code product-not-found}
     */
    Reviewed forSale(String idOrSlug) {
        return findForSale(idOrSlug).orElseThrow(WritingProducts::notFound);
    }

    private Optional<Reviewed> findForSale(String idOrSlug) {
        UUID id = UUID_TEXT.matcher(idOrSlug).matches() ? UUID.fromString(idOrSlug) : null;
        // As the platform: a vendor sees no variants that are out of sale, which somebody may have bought.
        return RequestContext.current().asSystem().supply(() -> reviews.forSale(id, idOrSlug));
    }

    /**
     * Writes a review.
     *
     * @throws ProblemException 404 {@code product-not-found}; 409 {@code review-exists} where the customer has reviewed the product;
     *     410 {@code person-erased}
     */
    StoredAnswer<StoredReview> write(UUID customerId, String idOrSlug, ReviewDraft draft, @Nullable String key) {
        Optional<Reviewed> product = findForSale(idOrSlug);
        boolean bought = product.isPresent() && hasBought(customerId, product.get());
        UUID id = Ids.next();
        String words = sealing.seal(customerId, id, draft.words());
        // Whether the product is there is said in the transaction only: a repeated request is given its first answer.
        return idempotency.onceIfKeyed(
                new Idempotency.Request("POST /api/v1/store/products/" + idOrSlug + "/reviews", key, draft),
                StoredReview.class,
                tx -> {
                    UUID productId =
                            product.orElseThrow(WritingProducts::notFound).productId();
                    return Answer.of(
                            201,
                            reviews.insert(tx, id, productId, customerId, draft.rating(), words, bought)
                                    .orElseThrow(() -> ProblemException.conflict(
                                            "review-exists",
                                            "you have reviewed this product; change that review instead")));
                });
    }

    /**
     * Changes a review of the caller's, which is not shown until it is approved again.
     *
     * @throws ProblemException 404 {@code review-not-found}; 412 {@code precondition-failed} where it is another version
     */
    StoredReview change(UUID customerId, UUID id, long version, ReviewDraft draft) {
        StoredReview before = own(id);
        boolean bought = before.verifiedPurchase() || hasBought(customerId, before.productId());
        String words = sealing.seal(customerId, id, draft.words());
        return database.<Optional<StoredReview>>inTransaction(
                        tx -> reviews.change(tx, id, version, draft.rating(), words, bought))
                .orElseThrow(ETags::stale);
    }

    /** The caller's review. */
    StoredReview own(UUID id) {
        return reviews.find(id).orElseThrow(WritingReviews::notFound);
    }

    /** Whether the customer has bought and paid the product. */
    boolean hasBought(UUID customerId, UUID productId) {
        return RequestContext.current()
                .asSystem()
                .supply(() -> reviews.product(productId))
                .map(product -> hasBought(customerId, product))
                .orElse(false);
    }

    private boolean hasBought(UUID customerId, Reviewed product) {
        return purchases.find(new FindPurchase(customerId, product.soldIds())).paid();
    }

    static ProblemException notFound() {
        return ProblemException.notFound("review-not-found", "there is no such review");
    }
}
