package org.cartulary.tests.crash;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.app.ServiceName;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Patience;
import org.jspecify.annotations.Nullable;

/**
 * What has an event as its consequence. A consumer of an event that is listed here joins the kill matrix by itself; one of
 * another event makes it fail until its cause is written here. In an order in which the outbox of each can be held up before
 * it, with those of the causes before it.
 */
enum Cause {
    /** Something is given back of what was paid. */
    REFUND("payment.refunded.v1", ServiceName.PAYMENT) {
        @Override
        Consequence bring(Shop shop) {
            Bought bought = capture(shop);
            Map<String, Object> refund = Map.of(
                    "amount",
                    Map.of("amount", GIVEN_BACK.toPlainString(), "currency", "EUR"),
                    "reason",
                    "it was scratched");
            post(shop, bought.order(), "/refunds", refund);
            return bought.as(this, new Scenario.State(bought.offer().bought().available(), 1, bought.paid(GIVEN_BACK)));
        }
    },
    /** An order is paid for. */
    CAPTURE("payment.captured.v1", ServiceName.PAYMENT) {
        @Override
        Consequence bring(Shop shop) {
            Bought bought = capture(shop);
            return bought.as(this, bought.offer().bought());
        }
    },
    /** An order is cancelled before it is paid for. */
    CANCELLATION("payment.cancelled.v1", ServiceName.ORDER) {
        @Override
        Consequence bring(Shop shop) {
            Bought bought = buy(shop);
            post(shop, bought.order(), "/cancellations", Map.of("reason", "the customer changed their mind"));
            return bought.as(this, bought.offer().untouched());
        }
    },
    /** An order is placed. */
    ORDER("order.confirmed.v1", ServiceName.ORDER) {
        @Override
        Consequence bring(Shop shop) {
            Bought bought = buy(shop);
            return bought.as(this, bought.offer().bought());
        }
    },
    /** Somebody who has registered verifies the address. */
    REGISTRATION("auth.user-registered.v1", ServiceName.AUTH) {
        @Override
        Consequence bring(Shop shop) {
            String email = "event-" + UUID.randomUUID() + "@customer.example";
            String password = "correct horse battery";
            HttpShop visitor = shop.market().visitor();
            Buyer.openAccount(visitor, email, password);
            String userId = visitor.post("/api/v1/store/sessions", Map.of("email", email, "password", password))
                    .expect(201)
                    .path("userId")
                    .asString();
            return new Consequence(this, userId, null);
        }
    },
    /** Something new comes into stock. */
    STOCK("stock.turned.v1", ServiceName.INVENTORY) {
        @Override
        Consequence bring(Shop shop) {
            Market.Offer offer = shop.market().offer();
            return new Consequence(this, offer.product(), new Purchase(offer, offer.untouched()));
        }
    };

    static final BigDecimal GIVEN_BACK = new BigDecimal("5.00");

    private final String event;
    private final ServiceName heldUp;

    Cause(String event, ServiceName heldUp) {
        this.event = event;
        this.heldUp = heldUp;
    }

    /** Where purchases are made, and who makes them: a customer who has registered. */
    record Shop(CrashSite site, Market market, Buyer customer) {}

    /**
     * What came of it.
     *
     * @param key the id of the order, of the customer or of the product that the event names
     * @param purchase the product and what is right in the end, {@code null} where there is none
     */
    record Consequence(Cause cause, String key, @Nullable Purchase purchase) {}

    /** A purchase as it is to be in the end. */
    record Purchase(Market.Offer offer, Scenario.State state) {}

    private record Bought(String order, Market.Offer offer) {

        Consequence as(Cause cause, Scenario.State state) {
            return new Consequence(cause, order, new Purchase(offer, state));
        }

        BigDecimal paid(BigDecimal less) {
            return offer.total().subtract(less);
        }
    }

    /** The cause of an event, if it is known here. */
    static Optional<Cause> of(String event) {
        return Arrays.stream(values())
                .filter(cause -> cause.event.equals(event))
                .findFirst();
    }

    /** Does it, so that the event is in an outbox or beyond it. */
    abstract Consequence bring(Shop shop);

    /** The service whose outbox is held up before it is brought about, if its events are to wait there. */
    ServiceName heldUp() {
        return heldUp;
    }

    String event() {
        return event;
    }

    /** The ids of the events of this kind about what came of it, as they were stored for ever. */
    List<UUID> events(CrashSite site, Consequence consequence) {
        return Arrays.stream(ServiceName.values())
                .filter(ServiceName::keepsRecords)
                .flatMap(service -> site
                        .all(
                                service.word(),
                                UUID.class,
                                "SELECT id FROM domain_events WHERE event_type = ?"
                                        + " AND ? IN (data ->> 'orderId', data ->> 'userId', data ->> 'soldId')",
                                event,
                                consequence.key())
                        .stream())
                .toList();
    }

    private static Bought buy(Shop shop) {
        Market.Offer offer = shop.market().offer();
        Buyer customer = shop.customer();
        String checkout = customer.checkout(customer.cart(offer.product(), 1));
        String key = UUID.randomUUID().toString();
        HttpShop.Answer answer = Patience.answer(
                () -> customer.shop().post("/api/v1/store/checkouts/" + checkout + "/completions", Buyer.CARD, key));
        return new Bought(answer.expect(201).path("orderId").asString(), offer);
    }

    private static Bought capture(Shop shop) {
        Bought bought = buy(shop);
        Eventually.holds(
                "the payment is captured",
                CrashSite.RECOVERY_LIMIT,
                () -> shop.market()
                        .merchant()
                        .payments(bought.order())
                        .at("/0/status")
                        .asString("")
                        .equals("CAPTURED"));
        return bought;
    }

    private static void post(Shop shop, String order, String what, Object body) {
        String key = UUID.randomUUID().toString();
        Patience.answer(() -> shop.market().merchant().shop().post("/api/v1/admin/orders/" + order + what, body, key))
                .expect(201);
    }
}
