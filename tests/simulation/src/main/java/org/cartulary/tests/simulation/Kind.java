package org.cartulary.tests.simulation;

import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Every kind of operation. A new one joins here, with what it does in a {@link District}. */
enum Kind {
    /** A buyer says how many of a product are in their cart. */
    FILL(30),
    /** A buyer takes a product out of their cart. */
    REMOVE(6),
    /** A buyer buys what is in their cart, with a card that may be declined, or whose first answer gets lost. */
    BUY(26),
    /** A buyer changes their cart between the opening of the checkout and its completion. */
    EDIT_DURING_CHECKOUT(5),
    /** A buyer completes one checkout twice at the same moment, under two keys. */
    BUY_TWICE_AT_ONCE(4),
    /** A buyer repeats their last completion under its key. */
    REPEAT_COMPLETION(5),
    /** Units arrive. */
    RESTOCK(14),
    /** The last arrival is reported again. */
    REPEAT_RECEIPT(3),
    /** Units are written off. */
    WRITE_OFF(4),
    /** A buyer looks at their cart and at one of their orders. */
    LOOK(8),
    /** The shop cancels an order. */
    CANCEL(5, "/api/v1/admin/orders/{id}/cancellations"),
    /** The shop gives some money back. */
    REFUND(4, "/api/v1/admin/orders/{id}/refunds"),
    /** A customer signs in who has filled a cart as a guest. */
    MERGE(4, "/api/v1/store/carts/merges"),
    /** The time of an order, or of its reservation, is over before, while or after it is paid. */
    EXPIRE(3, "/api/v1/admin/test-provider/charges");

    private final int weight;
    private final String route;

    Kind(int weight) {
        this(weight, Always.ROUTE);
    }

    Kind(int weight, String route) {
        this.weight = weight;
        this.route = route;
    }

    /** The route that there always is. */
    private static final class Always {
        private static final String ROUTE = "/api/v1/store/carts";
    }

    /** How often it comes, relative to the others. */
    int weight() {
        return weight;
    }

    /**
     * Does it, to the platform and to the model.
     *
     * @throws Discrepancy if the platform answers other than the model expects
     */
    void happen(District district, Operation operation) {
        switch (this) {
            case FILL -> district.carts().fill(operation);
            case REMOVE -> district.carts().remove(operation);
            case BUY -> district.purchases().buy(operation);
            case EDIT_DURING_CHECKOUT -> district.purchases().editDuringCheckout(operation);
            case BUY_TWICE_AT_ONCE -> district.purchases().buyTwiceAtOnce(operation);
            case REPEAT_COMPLETION -> district.purchases().repeatCompletion(operation);
            case RESTOCK -> district.stock().restock(operation);
            case REPEAT_RECEIPT -> district.stock().repeatReceipt(operation);
            case WRITE_OFF -> district.stock().writeOff(operation);
            case LOOK -> district.carts().look(operation);
            case CANCEL -> district.undoing().cancel(operation);
            case REFUND -> district.undoing().refund(operation);
            case MERGE -> district.carts().merge(operation);
            case EXPIRE -> district.expiry().expire(operation);
        }
    }

    /** The kinds for which the platform has the routes. */
    static Set<Kind> offeredBy(JsonNode openApi) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Kind kind : values()) {
            if (openApi.path("paths").has(kind.route)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
