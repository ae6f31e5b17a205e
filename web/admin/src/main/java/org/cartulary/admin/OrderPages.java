package org.cartulary.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Shop;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** Orders: finding them, and all that is done with one. */
final class OrderPages {

    private OrderPages() {}

    static ServerResponse list(Visit visit) {
        Listing listing = Listing.of(
                visit, "/admin/orders", "status", "orderNumber", "email", "customerId", "from", "until", "toBeSent");
        ApiPath asked = listing.addTo(ApiPath.of("admin/orders"));
        if (!listing.value("from").isEmpty() || !listing.value("until").isEmpty()) {
            asked = asked.with("timeZone", Shop.of(visit).timeZone());
        }
        Orders.Rows orders = visit.api().get(asked, Orders.Rows.class);
        return visit.page("orders", Map.of("listing", listing, "orders", orders, "states", Orders.STATES));
    }

    static ServerResponse show(Visit visit) {
        return show(visit, null);
    }

    private static ServerResponse show(Visit visit, @Nullable Problem problem) {
        Orders.Order order = visit.api().find(ApiPath.of("admin/orders/{id}", visit.path("id")), Orders.Order.class);
        if (order == null) {
            return visit.notFound();
        }
        return visit.page("order", Map.of("order", order), problem);
    }

    static ServerResponse note(Visit visit) {
        Map<String, Object> note =
                Map.of("text", visit.field("text"), "visibleToCustomer", visit.has("visibleToCustomer"));
        return after(visit, "notes", note, "note-added");
    }

    /** Packs what the form says, one parcel. */
    static ServerResponse pack(Visit visit) {
        Map<String, Object> parcel = new HashMap<>();
        parcel.put("lines", lines(visit, "orderItemId"));
        parcel.put("carrier", visit.fieldOrNull("carrier"));
        parcel.put("trackingNumber", visit.fieldOrNull("trackingNumber"));
        parcel.put("trackingUrl", visit.fieldOrNull("trackingUrl"));
        parcel.put("sent", visit.has("sent"));
        return after(visit, "shipments", parcel, visit.has("sent") ? "parcel-sent" : "parcel-packed");
    }

    static ServerResponse cancel(Visit visit) {
        return after(visit, "cancellations", Map.of("reason", visit.field("reason")), "order-cancelled");
    }

    static ServerResponse refund(Visit visit) {
        Map<String, Object> refund = new HashMap<>();
        refund.put("amount", Typed.money(visit, "amount"));
        refund.put("reason", visit.field("reason"));
        List<Map<String, Object>> restock = lines(visit, "productId");
        if (!restock.isEmpty()) {
            refund.put("restock", restock);
        }
        return after(visit, "refunds", refund, "refunded");
    }

    /** The units that the fields {@code units-ID} name, without those of which there are none. */
    private static List<Map<String, Object>> lines(Visit visit, String idName) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String name : visit.request().params().keySet()) {
            if (name.startsWith("units-")) {
                int units = visit.number(name, 0);
                if (units > 0) {
                    lines.add(Map.of(idName, name.substring("units-".length()), "quantity", units));
                }
            }
        }
        return lines;
    }

    private static ServerResponse after(Visit visit, String part, Map<String, Object> request, String said) {
        String id = visit.path("id");
        Outcome<JsonNode> outcome = visit.api()
                .withIdempotencyKey(visit.key())
                .post(ApiPath.of("admin/orders/{id}/" + part, id), request, JsonNode.class);
        return visit.after(outcome, "/admin/orders/" + id + "?said=" + said, problem -> show(visit, problem));
    }

    /** Says what became of a parcel. */
    static ServerResponse moveParcel(Visit visit) {
        String id = visit.path("id");
        Map<String, Object> move = new HashMap<>();
        move.put("status", visit.field("status"));
        move.put("note", visit.fieldOrNull("note"));
        Outcome<JsonNode> outcome = visit.api()
                .post(
                        ApiPath.of("admin/orders/{id}/shipments/{shipment}/status", id, visit.path("shipment")),
                        move,
                        JsonNode.class);
        return visit.after(outcome, "/admin/orders/" + id + "?said=parcel-moved", problem -> show(visit, problem));
    }
}
