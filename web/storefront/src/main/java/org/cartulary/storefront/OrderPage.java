package org.cartulary.storefront;

import java.util.HashMap;
import java.util.Map;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** An order, for whoever has placed it. */
final class OrderPage {

    private OrderPage() {}

    static ServerResponse show(Visit visit) {
        return show(visit, null);
    }

    private static ServerResponse show(Visit visit, @Nullable Problem problem) {
        Orders.Order order = CartCookie.of(visit)
                .api(visit)
                .find(ApiPath.of("store/orders/{id}", visit.path("id")), Orders.Order.class);
        if (order == null) {
            return visit.notFound();
        }
        Map<String, Object> model = new HashMap<>();
        model.put("order", order);
        return visit.page("order", model, problem);
    }

    static ServerResponse cancel(Visit visit) {
        String id = visit.path("id");
        Outcome<JsonNode> outcome = CartCookie.of(visit)
                .api(visit)
                .withIdempotencyKey("cancel-" + id)
                .post(
                        ApiPath.of("store/orders/{id}/cancellations", id),
                        Map.of("reason", "the buyer has cancelled it"),
                        JsonNode.class);
        return switch (outcome) {
            case Outcome.Done<JsonNode> _ -> visit.redirect("/orders/" + id + "?said=cancelled");
            case Outcome.Refused<JsonNode>(Problem problem) -> show(visit, problem);
        };
    }
}
