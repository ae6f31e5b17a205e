package org.cartulary.tests.crash;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.app.ServiceName;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.jspecify.annotations.Nullable;

/** The scenarios of the kill matrix, one for each saga and each way that it may go. */
final class Scenarios {

    private static final String PLACE_ORDER = "place-order";
    private static final String COMPLETIONS = "/api/v1/store/checkouts/{id}/completions";
    private static final String CANCELLATIONS = "/api/v1/admin/orders/{id}/cancellations";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private Scenarios() {}

    static List<Scenario> all(CrashSite site) {
        return List.of(
                new Purchase("an order", "tok_ok", 201, null),
                new Purchase("a declined card", "tok_declined", 402, null),
                new Purchase("an answer that got lost", "tok_timeout", 201, null),
                new Purchase(
                        "a reservation that expires on the way",
                        "tok_ok",
                        409,
                        new Scenario.Interference(
                                "confirm-reservation/before", orderId -> expireReservation(site, orderId))),
                new PurchaseWithCoupon("an order with a coupon", "tok_ok", 201),
                new PurchaseWithCoupon("a declined card after a coupon was claimed", "tok_declined", 402),
                new Cancellation(),
                new CancellationWithCoupon(),
                new Refund(),
                new Erasure());
    }

    private static void expireReservation(CrashSite site, UUID orderId) {
        site.change(
                ServiceName.INVENTORY.word(),
                "UPDATE inventory_reservations SET expires_at = clock_timestamp() - interval '1 minute' WHERE order_id = ?",
                orderId);
        // What the platform's job does every few seconds; whoever comes first.
        site.one(ServiceName.INVENTORY.word(), Integer.class, "SELECT expire_reservations(100)");
        Eventually.holds(
                "the reservation is expired",
                LIMIT,
                () -> site.one(
                                ServiceName.INVENTORY.word(),
                                String.class,
                                "SELECT status FROM inventory_reservations WHERE order_id = ?",
                                orderId)
                        .equals("EXPIRED"));
    }

    private record Purchase(String name, String card, int status, Scenario.@Nullable Interference interference)
            implements Scenario {

        @Override
        public String sagaType() {
            return PLACE_ORDER;
        }

        @Override
        public String route() {
            return COMPLETIONS;
        }

        @Override
        public Attempt prepare(Market market) {
            Market.Offer offer = market.offer();
            return new Attempt(
                    offer.product(),
                    offer.total(),
                    offer.untouched(),
                    status == 201 ? offer.bought() : offer.untouched(),
                    market.completion(offer, card),
                    status);
        }
    }

    /** What it uses of the promotion, the reconciler compares with what there is of the order. */
    private record PurchaseWithCoupon(String name, String card, int status) implements Scenario {

        @Override
        public String sagaType() {
            return PLACE_ORDER;
        }

        @Override
        public String route() {
            return COMPLETIONS;
        }

        @Override
        public Attempt prepare(Market market) {
            Market.Offer offer = market.offerWithCoupon();
            return new Attempt(
                    offer.product(),
                    offer.total(),
                    offer.untouched(),
                    status == 201 ? offer.bought() : offer.untouched(),
                    market.completionWithCoupon(offer, card),
                    status);
        }
    }

    private record CancellationWithCoupon() implements Scenario {

        @Override
        public String name() {
            return "the cancellation of an order with a coupon";
        }

        @Override
        public String sagaType() {
            return "cancel-order";
        }

        @Override
        public String route() {
            return CANCELLATIONS;
        }

        @Override
        public Attempt prepare(Market market) {
            Market.Offer offer = market.offerWithCoupon();
            String order = market.completionWithCoupon(offer, "tok_ok")
                    .get()
                    .expect(201)
                    .path("orderId")
                    .asString();
            awaitCaptured(market, order);
            return new Attempt(
                    offer.product(),
                    offer.total(),
                    offer.bought(),
                    offer.untouched(),
                    posting(
                            market,
                            "/api/v1/admin/orders/" + order + "/cancellations",
                            Map.of("reason", "the customer changed their mind")),
                    201);
        }
    }

    private record Cancellation() implements Scenario {

        @Override
        public String name() {
            return "the cancellation of an order";
        }

        @Override
        public String sagaType() {
            return "cancel-order";
        }

        @Override
        public String route() {
            return CANCELLATIONS;
        }

        @Override
        public Attempt prepare(Market market) {
            Market.Offer offer = market.offer();
            String path = "/api/v1/admin/orders/" + paidOrder(market, offer) + "/cancellations";
            return new Attempt(
                    offer.product(),
                    offer.total(),
                    offer.bought(),
                    offer.untouched(),
                    posting(market, path, Map.of("reason", "the customer changed their mind")),
                    201);
        }
    }

    private record Refund() implements Scenario {

        private static final BigDecimal GIVEN_BACK = new BigDecimal("5.00");

        @Override
        public String name() {
            return "a refund with goods that came back";
        }

        @Override
        public String sagaType() {
            return "refund-order";
        }

        @Override
        public String route() {
            return "/api/v1/admin/orders/{id}/refunds";
        }

        @Override
        public Attempt prepare(Market market) {
            Market.Offer offer = market.offer();
            String path = "/api/v1/admin/orders/" + paidOrder(market, offer) + "/refunds";
            Map<String, Object> refund = Map.of(
                    "amount",
                    Map.of("amount", GIVEN_BACK.toPlainString(), "currency", "EUR"),
                    "reason",
                    "it came back",
                    "restock",
                    List.of(Map.of("productId", offer.product(), "quantity", 1)));
            return new Attempt(
                    offer.product(),
                    offer.total(),
                    offer.bought(),
                    new State(offer.untouched().available(), 1, offer.total().subtract(GIVEN_BACK)),
                    posting(market, path, refund),
                    201);
        }
    }

    /** Who bought is forgotten, and what was bought stays; it is answered 200 when nothing readable is left. */
    private record Erasure() implements Scenario {

        @Override
        public String name() {
            return "the erasure of a customer";
        }

        @Override
        public String sagaType() {
            return "erase-customer";
        }

        @Override
        public String route() {
            return "/api/v1/admin/customers/{id}/erasures";
        }

        @Override
        public Attempt prepare(Market market) {
            Market.Offer offer = market.offer();
            Buyer customer = Buyer.customer(market.visitor());
            Eventually.holds(
                    "the customer's record is made",
                    LIMIT,
                    () -> customer.shop().get("/api/v1/store/customers/me").status() == 200);
            String id = customer.shop()
                    .get("/api/v1/store/customers/me")
                    .expect(200)
                    .path("id")
                    .asString();
            awaitCaptured(
                    market,
                    customer.buy(offer.product(), 1, Buyer.CARD)
                            .expect(201)
                            .path("orderId")
                            .asString());
            return new Attempt(
                    offer.product(),
                    offer.total(),
                    offer.bought(),
                    offer.bought(),
                    posting(
                            market,
                            "/api/v1/admin/customers/" + id + "/erasures",
                            Map.of("reason", "asked-for", "evenUndelivered", true)),
                    200);
        }
    }

    private static Supplier<HttpShop.Answer> posting(Market market, String path, Object body) {
        String key = UUID.randomUUID().toString();
        return () -> market.merchant().shop().post(path, body, key);
    }

    private static String paidOrder(Market market, Market.Offer offer) {
        String order = market.completion(offer, "tok_ok")
                .get()
                .expect(201)
                .path("orderId")
                .asString();
        awaitCaptured(market, order);
        return order;
    }

    private static void awaitCaptured(Market market, String order) {
        Eventually.holds(
                "the payment is captured",
                LIMIT,
                () -> market.merchant()
                        .payments(order)
                        .at("/0/status")
                        .asString("")
                        .equals("CAPTURED"));
    }
}
