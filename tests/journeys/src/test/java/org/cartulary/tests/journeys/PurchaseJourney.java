package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The walk of a purchase, whatever the processes are in which the services run. */
@Tag("CHK-01")
@Tag("CHK-02")
abstract class PurchaseJourney {

    private static final Duration CAPTURE_LIMIT = Duration.ofMinutes(3);

    /** The installation on which it happens. */
    abstract Installation installation();

    @Test
    void customerRegistersFillsACartPaysAndSeesTheOrderConfirmed() {
        Merchant merchant = installation().merchant();
        merchant.sendEverywhere();
        String product = merchant.product("19.90", 10);
        Buyer ada = Buyer.customer(installation().visitor());

        Eventually.holds(
                "the customer's record is there",
                Duration.ofMinutes(3),
                () -> ada.shop().get("/api/v1/store/customers/me").status() == 200);
        Map<String, Object> address = new HashMap<>(Buyer.ADDRESS);
        address.put("type", "shipping");
        address.put("isDefault", true);
        ada.shop().post("/api/v1/store/customers/me/addresses", address).expect(201);
        JsonNode order = walk(ada, product);

        assertThat(order.path("customerId").isNull()).isFalse();
        assertThat(ada.shop()
                        .get("/api/v1/store/orders")
                        .expect(200)
                        .path("items")
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo(order.path("id").asString());
        assertThat(merchant.available(product)).isEqualTo(7);
        assertThatThePaymentIsCaptured(merchant, ada, order);
    }

    @Test
    void guestBuysWithoutAnAccount() {
        Merchant merchant = installation().merchant();
        merchant.sendEverywhere();
        String product = merchant.product("19.90", 10);
        Buyer guest = Buyer.guest(installation().visitor());

        JsonNode order = walk(guest, product);

        assertThat(order.path("customerId").isNull() || order.path("customerId").isMissingNode())
                .isTrue();
        assertThat(merchant.available(product)).isEqualTo(7);
        assertThatThePaymentIsCaptured(merchant, guest, order);
        installation()
                .visitor()
                .get("/api/v1/store/orders/" + order.path("id").asString())
                .expectProblem(404, "order-not-found");
    }

    @Test
    void declinedCardLeavesTheStockFreeAndAnotherCardPays() {
        Merchant merchant = installation().merchant();
        merchant.sendEverywhere();
        String product = merchant.product("25.00", 1);
        Buyer guest = Buyer.guest(installation().visitor());
        String checkout = guest.checkout(guest.cart(product, 1));

        guest.complete(checkout, Buyer.card("tok_declined")).expectProblem(402, "payment-declined");

        assertThat(merchant.available(product)).isEqualTo(1);
        JsonNode placed = guest.complete(checkout, Buyer.CARD).expect(201);
        assertThat(placed.path("status").asString()).isEqualTo("CONFIRMED");
        assertThat(merchant.available(product)).isZero();
    }

    @Test
    void repeatedCompletionIsAnsweredWithTheSameOrder() {
        Merchant merchant = installation().merchant();
        merchant.sendEverywhere();
        String product = merchant.product("25.00", 5);
        Buyer guest = Buyer.guest(installation().visitor());
        String path = "/api/v1/store/checkouts/" + guest.checkout(guest.cart(product, 1)) + "/completions";
        String key = UUID.randomUUID().toString();

        JsonNode first = guest.shop().post(path, Buyer.CARD, key).expect(201);
        JsonNode second = guest.shop().post(path, Buyer.CARD, key).expect(201);

        assertThat(second).isEqualTo(first);
        assertThat(merchant.available(product)).isEqualTo(4);
        assertThat(merchant.payments(first.path("orderId").asString())).hasSize(1);
    }

    @Test
    void cancellationsAndRefundsReachTheOrderAndTheCustomersStatistics() {
        Merchant merchant = installation().merchant();
        merchant.sendEverywhere();
        String product = merchant.product("10.00", 10);
        Buyer ada = Buyer.customer(installation().visitor());
        Eventually.holds(
                "the customer's record is there",
                CAPTURE_LIMIT,
                () -> ada.shop().get("/api/v1/store/customers/me").status() == 200);
        String cancelled = bought(merchant, ada, product);
        String kept = bought(merchant, ada, product);

        ada.shop()
                .postOnce("/api/v1/store/orders/" + cancelled + "/cancellations", Map.of("reason", "too late"))
                .expect(201);
        merchant.shop()
                .postOnce(
                        "/api/v1/admin/orders/" + kept + "/refunds",
                        Map.of("reason", "a scratch", "amount", Merchant.Money.euros("3.00")))
                .expect(201);

        awaitPaymentStatus(ada, cancelled, "REFUNDED");
        awaitPaymentStatus(ada, kept, "PARTIALLY_REFUNDED");
        String customer = ada.shop()
                .get("/api/v1/store/orders/" + kept)
                .expect(200)
                .path("customerId")
                .asString();
        Eventually.holds("the statistics count each once", CAPTURE_LIMIT, () -> {
            JsonNode counted = statistics(merchant.shop(), customer);
            return counted.path("orders").asInt() == 2
                    && counted.path("confirmedOrders").asInt() == 1
                    && counted.path("cancelledOrders").asInt() == 1
                    && counted.at("/gross/amount").asString().equals("24.90")
                    && counted.at("/refunded/amount").asString().equals("3.00");
        });
        assertThatTheRecordsOfAllServicesAgree();
    }

    private static String bought(Merchant merchant, Buyer buyer, String product) {
        String order =
                buyer.buy(product, 2, Buyer.CARD).expect(201).path("orderId").asString();
        Eventually.holds(
                "the payment is captured",
                CAPTURE_LIMIT,
                () -> merchant.payments(order).at("/0/status").asString("").equals("CAPTURED"));
        return order;
    }

    private static void awaitPaymentStatus(Buyer buyer, String order, String status) {
        Eventually.holds(
                "the order's payment is " + status,
                CAPTURE_LIMIT,
                () -> buyer.shop()
                        .get("/api/v1/store/orders/" + order)
                        .expect(200)
                        .at("/payment/status")
                        .asString("")
                        .equals(status));
    }

    /** What the customer ordered in the only currency. */
    static JsonNode statistics(HttpShop shop, String customer) {
        return shop.get("/api/v1/admin/customers/" + customer + "/statistics")
                .expect(200)
                .at("/items/0");
    }

    private void assertThatTheRecordsOfAllServicesAgree() {
        assertThat(Reconciled.by(installation().operator()).breaches()).isEmpty();
    }

    /** From the product to the order: three units at 19.90, sent for 4.90. */
    private static JsonNode walk(Buyer buyer, String product) {
        HttpShop shop = buyer.shop();
        assertThat(shop.get("/api/v1/store/products/" + product)
                        .expect(200)
                        .at("/price/amount")
                        .asString())
                .isEqualTo("19.90");
        String cart = buyer.cart(product, 2);
        JsonNode filled = shop.post("/api/v1/store/carts/" + cart + "/items", Buyer.item(product, 1))
                .expect(200);
        assertThat(filled.at("/subtotal/amount").asString()).isEqualTo("59.70");
        JsonNode checkout =
                shop.postOnce("/api/v1/store/checkouts", buyer.checkoutOf(cart)).expect(201);
        assertThat(checkout.path("status").asString()).isEqualTo("OPEN");
        String id = checkout.path("id").asString();
        JsonNode standard = checkout.path("shippingOptions")
                .valueStream()
                .filter(option -> option.path("name").asString().equals("Standard"))
                .findFirst()
                .orElseThrow();
        JsonNode chosen = shop.put(
                        "/api/v1/store/checkouts/" + id + "/shipping-method",
                        Map.of("shippingMethodId", standard.path("id").asString()))
                .expect(200);
        assertThat(chosen.at("/total/amount").asString()).isEqualTo("64.60");
        JsonNode placed = buyer.complete(id, Buyer.CARD).expect(201);
        assertThat(placed.path("status").asString()).isEqualTo("CONFIRMED");
        assertThat(placed.path("orderNumber").asString()).isNotBlank();
        JsonNode order = shop.get(
                        "/api/v1/store/orders/" + placed.path("orderId").asString())
                .expect(200);
        assertThat(order.path("status").asString()).isEqualTo("CONFIRMED");
        assertThat(order.path("items")).hasSize(1);
        assertThat(order.at("/items/0/quantity").asInt()).isEqualTo(3);
        assertThat(order.at("/addresses/shipping/city").asString()).isEqualTo("Berlin");
        assertThat(List.of(
                        order.at("/subtotal/amount").asString(),
                        order.at("/shipping/amount").asString(),
                        order.at("/total/amount").asString()))
                .containsExactly("59.70", "4.90", "64.60");
        return order;
    }

    /** Capture and its notice to the order are events, and come a moment after the order's confirmation. */
    private static void assertThatThePaymentIsCaptured(Merchant merchant, Buyer buyer, JsonNode order) {
        String id = order.path("id").asString();
        Eventually.holds(
                "the payment is captured",
                CAPTURE_LIMIT,
                () -> merchant.payments(id).at("/0/status").asString("").equals("CAPTURED"));
        assertThat(merchant.payments(id)).hasSize(1);
        assertThat(new BigDecimal(merchant.payments(id).at("/0/captured/amount").asString()))
                .isEqualByComparingTo(order.at("/total/amount").asString());
        Eventually.holds(
                "the order knows of it",
                CAPTURE_LIMIT,
                () -> buyer.shop().get("/api/v1/store/orders/" + id).expect(200).hasNonNull("paidAt"));
    }
}
