package org.cartulary.admin;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** Promotions and their coupons. */
final class PromotionPages {

    private static final List<String> KINDS = List.of("PERCENTAGE", "FIXED_AMOUNT", "FREE_SHIPPING");

    private PromotionPages() {}

    static ServerResponse list(Visit visit) {
        Listing listing = Listing.of(visit, "/admin/promotions");
        Promotions.Listed promotions =
                visit.api().get(listing.addTo(ApiPath.of("admin/promotions")), Promotions.Listed.class);
        return visit.page("promotions", Map.of("listing", listing, "promotions", promotions));
    }

    static ServerResponse askNew(Visit visit) {
        return askNew(visit, null);
    }

    private static ServerResponse askNew(Visit visit, @Nullable Problem problem) {
        return visit.page("promotion-new", Map.of("kinds", KINDS), problem);
    }

    static ServerResponse add(Visit visit) {
        Outcome<Promotions.Promotion> outcome = visit.api()
                .withIdempotencyKey(visit.key())
                .post(ApiPath.of("admin/promotions"), draft(visit), Promotions.Promotion.class);
        return switch (outcome) {
            case Outcome.Done<Promotions.Promotion>(Promotions.Promotion promotion) ->
                visit.redirect("/admin/promotions/" + promotion.id() + "?said=promotion-added");
            case Outcome.Refused<Promotions.Promotion>(Problem problem) -> askNew(visit, problem);
        };
    }

    private static Map<String, Object> draft(Visit visit) {
        Map<String, Object> draft = new HashMap<>();
        draft.put("name", visit.field("name"));
        draft.put("code", visit.fieldOrNull("code"));
        draft.put("kind", visit.field("kind"));
        switch (visit.field("kind")) {
            case "PERCENTAGE" -> draft.put("basisPoints", basisPoints(visit));
            case "FIXED_AMOUNT" -> draft.put("amount", Typed.money(visit, "amount"));
            default -> {}
        }
        draft.put("minimumSubtotal", Typed.money(visit, "minimumSubtotal"));
        draft.put("totalLimit", Typed.number(visit, "totalLimit"));
        draft.put("customerLimit", Typed.number(visit, "customerLimit"));
        draft.put("startsAt", Typed.beginning(visit, "startsAt"));
        draft.put("endsAt", Typed.beginning(visit, "endsAt"));
        draft.put("firstOrderOnly", visit.has("firstOrderOnly"));
        return draft;
    }

    /** Hundredths of a per cent, a whole number if what was typed is one of them. */
    private static @Nullable Object basisPoints(Visit visit) {
        if (!(Typed.number(visit, "basisPoints") instanceof BigDecimal percent)) {
            return visit.fieldOrNull("basisPoints");
        }
        BigDecimal points = percent.movePointRight(2).stripTrailingZeros();
        return points.scale() <= 0 ? (Object) points.longValueExact() : points;
    }

    static ServerResponse show(Visit visit) {
        return show(visit, null);
    }

    private static ServerResponse show(Visit visit, @Nullable Problem problem) {
        String id = visit.path("id");
        Promotions.Promotion promotion =
                visit.api().find(ApiPath.of("admin/promotions/{id}", id), Promotions.Promotion.class);
        if (promotion == null) {
            return visit.notFound();
        }
        Promotions.Usage usage = visit.api().get(ApiPath.of("admin/promotions/{id}/usage", id), Promotions.Usage.class);
        return visit.page("promotion", Map.of("promotion", promotion, "usage", usage), problem);
    }

    static ServerResponse activate(Visit visit) {
        return act(visit, "activations", "promotion-active");
    }

    static ServerResponse end(Visit visit) {
        return act(visit, "endings", "promotion-ended");
    }

    private static ServerResponse act(Visit visit, String act, String said) {
        String id = visit.path("id");
        Outcome<JsonNode> outcome =
                visit.api().post(ApiPath.of("admin/promotions/{id}/" + act, id), null, JsonNode.class);
        return visit.after(outcome, "/admin/promotions/" + id + "?said=" + said, problem -> show(visit, problem));
    }
}
