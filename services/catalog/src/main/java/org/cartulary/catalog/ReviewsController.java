package org.cartulary.catalog;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.catalog.ReviewStore.Position;
import org.cartulary.platform.audit.AnswersItsSender;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Reviews of products: read by everybody once they are approved, written by customers. */
@RestController
@RequestMapping("/api/v1/store")
final class ReviewsController {

    private final WritingReviews writing;
    private final ReviewStore reviews;
    private final SealingReviews sealing;
    private final Cursors cursors;

    ReviewsController(WritingReviews writing, ReviewStore reviews, SealingReviews sealing, Cursors cursors) {
        this.writing = writing;
        this.reviews = reviews;
        this.sealing = sealing;
        this.cursors = cursors;
    }

    @GetMapping("/products/{idOrSlug}/reviews")
    @AllowAnyone
    @SqlBudget(statements = 6, transactions = 3)
    Page<PublishedReview> published(
            @PathVariable String idOrSlug,
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        ReviewOrder wanted = ReviewOrder.of(order);
        UUID product = writing.forSale(idOrSlug).productId();
        String scope = "reviews?product=" + product + "&order=" + wanted.label();
        Position after = cursor == null ? null : position(cursors.decode(scope, cursor));
        // As the platform: what is approved is shown to all, while a customer's transactions see the customer's own
        // only.
        Page<StoredReview> page = Pages.of(
                RequestContext.current().asSystem().supply(() -> reviews.approved(product, wanted, after, length + 1)),
                length,
                last -> cursors.encode(
                        scope,
                        List.of(
                                wanted.keyOf(last.rating(), last.createdAt()),
                                last.id().toString())));
        return new Page<>(sealing.published(page.items()), page.page());
    }

    private static Position position(List<String> keys) {
        return new Position(keys.get(0), UUID.fromString(keys.get(1)));
    }

    @PostMapping("/products/{idOrSlug}/reviews")
    @AllowSignedIn
    @AnswersItsSender("who writes is the author")
    @SqlBudget(statements = 14, transactions = 5)
    ResponseEntity<ReviewView> write(
            @PathVariable String idOrSlug,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody ReviewDraft draft) {
        var answer = writing.write(customerId(), idOrSlug, draft, key);
        ReviewView review = sealing.open(Objects.requireNonNull(answer.body()));
        return ResponseEntity.created(URI.create("/api/v1/store/reviews/" + review.id()))
                .eTag(ETags.of(review.version()))
                .body(review);
    }

    /** What the customer has written, approved or not. */
    @GetMapping("/reviews")
    @AllowSignedIn
    @AnswersItsSender("who asks is the author")
    @SqlBudget(statements = 4, transactions = 2)
    Page<ReviewView> own(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        UUID customer = customerId();
        String scope = "reviews?customer=" + customer;
        UUID after = cursor == null
                ? null
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        Page<StoredReview> page = Pages.of(
                reviews.ofCustomer(customer, after, length + 1),
                length,
                last -> cursors.encode(scope, List.of(last.id().toString())));
        return new Page<>(sealing.opened(page.items()), page.page());
    }

    @GetMapping("/reviews/{id}")
    @AllowSignedIn
    @AnswersItsSender("who asks is the author")
    @SqlBudget(statements = 4, transactions = 2)
    ResponseEntity<ReviewView> get(@PathVariable UUID id) {
        customerId();
        return tagged(sealing.open(writing.own(id)));
    }

    @PutMapping("/reviews/{id}")
    @AllowSignedIn
    @AnswersItsSender("who writes is the author")
    @SqlBudget(statements = 14, transactions = 5)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<ReviewView> change(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ReviewDraft draft) {
        long version = ETags.requireMatch(ifMatch);
        return tagged(sealing.open(writing.change(customerId(), id, version, draft)));
    }

    @DeleteMapping("/reviews/{id}")
    @AllowSignedIn
    @SqlBudget(statements = 5, transactions = 1)
    @IdempotentByNature("what is withdrawn stays withdrawn")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(@PathVariable UUID id) {
        customerId();
        if (!reviews.delete(id)) {
            throw WritingReviews.notFound();
        }
    }

    private static ResponseEntity<ReviewView> tagged(ReviewView review) {
        return ResponseEntity.ok().eTag(ETags.of(review.version())).body(review);
    }

    /** Staff and machines are signed in, but they are no customers. */
    private static UUID customerId() {
        Principal principal = RequestContext.current().principal();
        UUID id = principal.id();
        if (id != null && principal.isCustomer(id)) {
            return id;
        }
        throw ProblemException.notFound("customer-not-found", "only customers write reviews");
    }
}
