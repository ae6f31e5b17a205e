package org.cartulary.catalog;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What customers have written of products, for those who decide whether it is shown. */
@RestController
@RequestMapping("/api/v1/admin/reviews")
@RequirePermission(Permissions.REVIEWS_MODERATE)
final class ReviewsAdminController {

    private static final Set<String> STATUSES = Set.of("PENDING", "APPROVED", "REJECTED");

    private final ModeratingReviews moderating;
    private final ReviewStore reviews;
    private final SealingReviews sealing;
    private final Cursors cursors;

    ReviewsAdminController(ModeratingReviews moderating, ReviewStore reviews, SealingReviews sealing, Cursors cursors) {
        this.moderating = moderating;
        this.reviews = reviews;
        this.sealing = sealing;
        this.cursors = cursors;
    }

    /** Why a review is not shown. */
    record Rejection(
            @NotNull @Pattern(regexp = "spam|offensive|off-topic|personal-data|unlawful|other") String reason) {}

    /** Those in the state, PENDING where none is named, the oldest first. */
    @GetMapping
    @DisclosesPersonalData
    @SqlBudget(statements = 6, transactions = 3)
    Page<ReviewView> list(
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        String wanted = status == null ? "PENDING" : status;
        if (!STATUSES.contains(wanted)) {
            String detail = "status is one of PENDING, APPROVED and REJECTED";
            throw ProblemException.unprocessable("invalid-status", detail).with("?status", "unknown", detail);
        }
        String scope = "admin-reviews?status=" + wanted;
        UUID after = cursor == null
                ? null
                : UUID.fromString(cursors.decode(scope, cursor).getFirst());
        Page<StoredReview> page = Pages.of(
                reviews.inStatus(wanted, after, length + 1),
                length,
                last -> cursors.encode(scope, List.of(last.id().toString())));
        return new Page<>(sealing.opened(page.items()), page.page());
    }

    @PostMapping("/{id}/approvals")
    @Audited("review.approved")
    @DisclosesPersonalData
    @SqlBudget(statements = 16, transactions = 6)
    @IdempotentByNature("it decides on the version that it names, once")
    ResponseEntity<ReviewView> approve(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return tagged(moderating.approve(id, ETags.requireMatch(ifMatch)));
    }

    @PostMapping("/{id}/rejections")
    @Audited("review.rejected")
    @DisclosesPersonalData
    @SqlBudget(statements = 14, transactions = 5)
    @IdempotentByNature("it decides on the version that it names, once")
    ResponseEntity<ReviewView> reject(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody Rejection rejection) {
        return tagged(moderating.reject(id, ETags.requireMatch(ifMatch), rejection.reason()));
    }

    private ResponseEntity<ReviewView> tagged(StoredReview review) {
        return ResponseEntity.ok().eTag(ETags.of(review.version())).body(sealing.open(review));
    }
}
