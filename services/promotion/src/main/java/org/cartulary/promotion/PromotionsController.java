package org.cartulary.promotion;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The promotions of a shop, for those who run it. */
@RestController
@RequestMapping("/api/v1/admin/promotions")
@RequirePermission(Permissions.PROMOTIONS_WRITE)
final class PromotionsController {

    private static final String SCOPE = "promotions";

    private final Promotions promotions;
    private final ConsistentDrafts drafts;
    private final Idempotency idempotency;
    private final Cursors cursors;

    PromotionsController(Promotions promotions, ConsistentDrafts drafts, Idempotency idempotency, Cursors cursors) {
        this.promotions = promotions;
        this.drafts = drafts;
        this.idempotency = idempotency;
        this.cursors = cursors;
    }

    @PostMapping
    @Audited("promotion.created")
    @SqlBudget(statements = 8, transactions = 2)
    ResponseEntity<PromotionView> create(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody PromotionDraft draft) {
        drafts.require(draft);
        StoredAnswer<PromotionView> answer = idempotency.onceIfKeyed(
                new Idempotency.Request("POST /api/v1/admin/promotions", key, draft), PromotionView.class, tx -> {
                    PromotionView created = promotions.create(tx, draft);
                    return Answer.created(created, "/api/v1/admin/promotions/" + created.id());
                });
        PromotionView created = Objects.requireNonNull(answer.body());
        return ResponseEntity.status(answer.status())
                .location(URI.create("/api/v1/admin/promotions/" + created.id()))
                .eTag(ETags.of(created.version()))
                .body(created);
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    Page<PromotionView> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        UUID before = cursor == null
                ? null
                : UUID.fromString(cursors.decode(SCOPE, cursor).getFirst());
        return Pages.of(
                promotions.list(before, length + 1),
                length,
                last -> cursors.encode(SCOPE, List.of(last.id().toString())));
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 2, transactions = 1)
    ResponseEntity<PromotionView> find(@PathVariable UUID id) {
        return tagged(promotions.find(id));
    }

    @PutMapping("/{id}")
    @Audited("promotion.changed")
    @SqlBudget(statements = 9, transactions = 2)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<PromotionView> change(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody PromotionDraft draft) {
        drafts.require(draft);
        return tagged(promotions.change(id, ETags.requireMatch(ifMatch), draft));
    }

    @PostMapping("/{id}/activations")
    @Audited("promotion.activated")
    @SqlBudget(statements = 6, transactions = 1)
    @IdempotentByNature("a promotion that is active stays so")
    ResponseEntity<PromotionView> activate(@PathVariable UUID id) {
        return tagged(promotions.activate(id));
    }

    @PostMapping("/{id}/endings")
    @Audited("promotion.ended")
    @SqlBudget(statements = 7, transactions = 1)
    @IdempotentByNature("a promotion that has ended stays so")
    ResponseEntity<PromotionView> end(@PathVariable UUID id) {
        return tagged(promotions.end(id));
    }

    @GetMapping("/{id}/usage")
    @SqlBudget(statements = 3, transactions = 1)
    PromotionUsage usage(@PathVariable UUID id) {
        return promotions.usage(id);
    }

    private static ResponseEntity<PromotionView> tagged(PromotionView promotion) {
        return ResponseEntity.ok().eTag(ETags.of(promotion.version())).body(promotion);
    }
}
