package org.cartulary.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** What customers have written, to be decided on. */
final class ReviewPages {

    private ReviewPages() {}

    static ServerResponse list(Visit visit) {
        return list(visit, null);
    }

    private static ServerResponse list(Visit visit, @Nullable Problem problem) {
        Listing listing = Listing.of(visit, "/admin/reviews", "status");
        Reviews.Listed reviews = visit.api().get(listing.addTo(ApiPath.of("admin/reviews")), Reviews.Listed.class);
        List<UUID> products =
                reviews.items().stream().map(Reviews.Review::productId).toList();
        Map<String, Object> model = new HashMap<>();
        model.put("listing", listing);
        model.put("reviews", reviews);
        model.put("names", ProductNames.of(visit, products));
        model.put("states", Reviews.STATES);
        model.put("reasons", Reviews.REASONS);
        return visit.page("reviews", model, problem);
    }

    static ServerResponse approve(Visit visit) {
        Outcome<JsonNode> outcome = visit.api()
                .withVersion(visit.number("version", 0))
                .post(ApiPath.of("admin/reviews/{id}/approvals", visit.path("id")), null, JsonNode.class);
        return visit.after(outcome, "/admin/reviews?said=review-approved", problem -> list(visit, problem));
    }

    static ServerResponse reject(Visit visit) {
        Outcome<JsonNode> outcome = visit.api()
                .withVersion(visit.number("version", 0))
                .post(
                        ApiPath.of("admin/reviews/{id}/rejections", visit.path("id")),
                        Map.of("reason", visit.field("reason")),
                        JsonNode.class);
        return visit.after(outcome, "/admin/reviews?said=review-rejected", problem -> list(visit, problem));
    }
}
