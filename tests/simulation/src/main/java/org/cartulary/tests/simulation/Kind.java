package org.cartulary.tests.simulation;

import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Every kind of operation. A new one joins here, with what it does in a {@link District}. */
enum Kind {
    /** A buyer says how many of a product are in their cart. */
    FILL(30, District::fill),
    /** A buyer takes a product out of their cart. */
    REMOVE(6, District::remove),
    /** A buyer buys what is in their cart, with a card that may be declined, or whose first answer gets lost. */
    BUY(26, District::buy),
    /** A buyer changes their cart between the opening of the checkout and its completion. */
    EDIT_DURING_CHECKOUT(5, District::editDuringCheckout),
    /** A buyer completes one checkout twice at the same moment, under two keys. */
    BUY_TWICE_AT_ONCE(4, District::buyTwiceAtOnce),
    /** A buyer repeats their last completion under its key. */
    REPEAT_COMPLETION(5, District::repeatCompletion),
    /** Units arrive. */
    RESTOCK(14, District::restock),
    /** The last arrival is reported again. */
    REPEAT_RECEIPT(3, District::repeatReceipt),
    /** Units are written off. */
    WRITE_OFF(4, District::writeOff),
    /** A buyer looks at their cart and at one of their orders. */
    LOOK(8, District::look),
    /** The shop cancels an order. */
    CANCEL(5, "/api/v1/admin/orders/{id}/cancellations", District::cancel),
    /** The shop gives some money back. */
    REFUND(4, "/api/v1/admin/orders/{id}/refunds", District::refund),
    /** A customer signs in who has filled a cart as a guest. */
    MERGE(4, "/api/v1/store/carts/merges", District::merge);

    private static final String ALWAYS = "/api/v1/store/carts";

    private final int weight;
    private final String route;
    private final Effect effect;

    /** What the kind does. */
    @FunctionalInterface
    private interface Effect {
        void in(District district, Operation operation);
    }

    Kind(int weight, Effect effect) {
        this(weight, ALWAYS, effect);
    }

    Kind(int weight, String route, Effect effect) {
        this.weight = weight;
        this.route = route;
        this.effect = effect;
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
        effect.in(district, operation);
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
