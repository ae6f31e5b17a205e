package org.cartulary.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** Customers: finding them, and what is kept of one. */
final class CustomerPages {

    private static final int SHOWN_ORDERS = 10;
    private static final List<String> REASONS = List.of("customer-asked", "kept-long-enough", "other");

    private CustomerPages() {}

    static ServerResponse list(Visit visit) {
        Listing listing = Listing.of(visit, "/admin/customers", "email", "number");
        Customers.Rows customers = visit.api().get(listing.addTo(ApiPath.of("admin/customers")), Customers.Rows.class);
        return visit.page("customers", Map.of("listing", listing, "customers", customers));
    }

    static ServerResponse show(Visit visit) {
        return show(visit, null);
    }

    private static ServerResponse show(Visit visit, @Nullable Problem problem) {
        String id = visit.path("id");
        Customers.Details details = visit.api().find(ApiPath.of("admin/customers/{id}", id), Customers.Details.class);
        if (details == null) {
            return visit.notFound();
        }
        Map<String, Object> model = new HashMap<>();
        model.put("details", details);
        model.put("reasons", REASONS);
        if (Rights.allows(visit, Permissions.ORDERS_READ)) {
            model.put(
                    "orders",
                    visit.api()
                            .get(
                                    ApiPath.of("admin/orders")
                                            .with("customerId", id)
                                            .with("limit", SHOWN_ORDERS),
                                    Orders.Rows.class));
        }
        if (Rights.allows(visit, Permissions.CUSTOMERS_ERASE)) {
            model.put(
                    "erasure",
                    visit.api().find(ApiPath.of("admin/customers/{id}/erasures", id), Customers.Erasure.class));
        }
        return visit.page("customer", model, problem);
    }

    static ServerResponse erase(Visit visit) {
        Map<String, Object> request =
                Map.of("reason", visit.field("reason"), "evenUndelivered", visit.has("evenUndelivered"));
        Outcome<JsonNode> outcome = visit.api()
                .post(ApiPath.of("admin/customers/{id}/erasures", visit.path("id")), request, JsonNode.class);
        return visit.after(outcome, "/admin/customers?said=erasure-requested", problem -> show(visit, problem));
    }
}
