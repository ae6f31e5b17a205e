package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Whoever asks for something that cannot be is told what, where and by which trace. */
@ExtendWith(SharedInstallation.class)
final class RefusalsJourneyTest {

    private static final String CARTS = "/api/v1/store/carts";
    private static final String CHECKOUTS = "/api/v1/store/checkouts";

    private final Installation installation;
    private final HttpShop visitor;
    private Merchant merchant;

    RefusalsJourneyTest(Installation installation) {
        this.installation = installation;
        this.visitor = installation.visitor();
    }

    @BeforeEach
    void openTheShop() {
        merchant = installation.merchant();
        merchant.sendEverywhere();
    }

    private static Map<String, Object> cartOf(Object productId, Object quantity) {
        return Map.of("items", List.of(Map.of("productId", productId, "quantity", quantity)));
    }

    @Test
    void unknownProductIsPointedAt() {
        visitor.post(CARTS, cartOf(UUID.randomUUID(), 1)).expectProblem(422, "unknown-product", "/items/0/productId");
        visitor.get("/api/v1/store/products/" + UUID.randomUUID()).expectProblem(404, "product-not-found");
    }

    @Test
    void quantityIsAtLeastOneAndNotBoundless() {
        String product = merchant.product("12.00", 5);

        visitor.post(CARTS, cartOf(product, 0)).expectProblem(422, "invalid-request", "/items/0/quantity");
        visitor.post(CARTS, cartOf(product, 1_000_000_000)).expectProblem(422, "invalid-request", "/items/0/quantity");
        visitor.post(CARTS, cartOf(product, 99_999_999_999L))
                .expectProblem(422, "invalid-request", "/items/0/quantity");
        visitor.post(CARTS, cartOf(product, "three")).expectProblem(422, "invalid-request", "/items/0/quantity");
    }

    @Test
    void moreThanThereIsIsRefusedWithWhatThereIs() {
        String product = merchant.product("12.00", 5);

        JsonNode problem =
                Buyer.guest(visitor).buy(product, 6, Buyer.CARD).expectProblem(409, "out-of-stock", "/lines/0");

        assertThat(problem.toString()).contains("\"/lines/0\":5");
        assertThat(merchant.available(product)).isEqualTo(5);
    }

    @Test
    void pricesAreSetByThosePermittedOnly() {
        String product = merchant.product("12.00", 5);
        Map<String, Object> line =
                Map.of("productId", product, "quantity", 1, "unitPrice", Merchant.Money.euros("0.01"));
        Map<String, Object> checkout =
                Map.of("lines", List.of(line), "email", "a@b.example", "shippingAddress", Buyer.ADDRESS);
        HttpShop onBehalfOnly = merchant.integration(visitor, Permissions.CHECKOUT_ON_BEHALF);

        onBehalfOnly.postOnce(CHECKOUTS, checkout).expectProblem(403, "price-override-forbidden");
        Buyer.customer(visitor).shop().postOnce(CHECKOUTS, checkout).expectProblem(403, "on-behalf-forbidden");
    }

    @Test
    void malformedJsonIsNoRequest() {
        visitor.postOnce(CARTS, Map.of("items", List.of())).expectProblem(400, "guest-token-required");
        visitor.send("POST", CARTS, "{\"items\": [", Map.of()).expectProblem(400, "malformed-json");
        visitor.send("POST", CARTS, "", Map.of()).expectProblem(400, "missing-body");
        visitor.send("POST", CARTS, "{\"items\":[],\"colour\":1}", Map.of())
                .expectProblem(422, "unknown-property", "/colour");
    }

    @Test
    void cartsAndOrdersOfOthersAreNotThere() {
        Buyer ada = Buyer.customer(visitor);
        Buyer eve = Buyer.customer(visitor);
        Buyer guest = Buyer.guest(visitor);
        String product = merchant.product("12.00", 9);
        String cart = ada.cart(product, 1);
        String checkout = ada.checkout(cart);

        for (Buyer other : List.of(eve, guest)) {
            other.shop().get(CARTS + "/" + cart).expectProblem(404, "cart-not-found");
            other.shop()
                    .put(CARTS + "/" + cart + "/items/" + product, Map.of("quantity", 2))
                    .expectProblem(404, "cart-not-found");
            other.shop().postOnce(CHECKOUTS, other.checkoutOf(cart)).expectProblem(404, "cart-not-found");
            other.shop().get(CHECKOUTS + "/" + checkout).expectProblem(404, "checkout-not-found");
            other.complete(checkout, Buyer.CARD).expectProblem(404, "checkout-not-found");
        }
        String order =
                ada.complete(checkout, Buyer.CARD).expect(201).path("orderId").asString();
        eve.shop().get("/api/v1/store/orders/" + order).expectProblem(404, "order-not-found");
        guest.shop().get("/api/v1/store/orders/" + order).expectProblem(404, "order-not-found");
        assertThat(eve.shop().get("/api/v1/store/orders").expect(200).path("items"))
                .isEmpty();
        eve.shop().get("/api/v1/admin/orders").expectProblem(403, "forbidden");
        visitor.get("/api/v1/admin/orders").expectProblem(401, "unauthorized");
    }

    @Test
    @Tag("PLT-17")
    void recordsOfAnotherShopAreNotThere() {
        String product = merchant.product("12.00", 9);
        String order = Buyer.guest(visitor)
                .buy(product, 1, Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        String name = "other-" + UUID.randomUUID().toString().substring(0, 8);
        String tenant = installation
                .operator()
                .post("/api/v1/admin/tenants", Map.of("name", name, "displayName", "Other", "hosts", List.of()))
                .expect(201)
                .path("id")
                .asString();
        Map<String, Object> key = Map.of(
                "name",
                "all",
                "permissions",
                List.of(
                        Permissions.ORDERS_READ,
                        Permissions.CATALOG_WRITE,
                        Permissions.STOCK_READ,
                        Permissions.CHECKOUT_ON_BEHALF));
        HttpShop other = visitor.bearing(installation
                .operator()
                .post("/api/v1/admin/tenants/" + tenant + "/api-keys", key)
                .expect(201)
                .path("key")
                .asString());

        other.get("/api/v1/store/products/" + product).expectProblem(404, "product-not-found");
        other.get("/api/v1/store/orders/" + order).expectProblem(404, "order-not-found");
        other.postOnce(
                        CHECKOUTS,
                        Map.of(
                                "lines",
                                List.of(Buyer.item(product, 1)),
                                "email",
                                "a@b.example",
                                "shippingAddress",
                                Buyer.ADDRESS))
                .expectProblem(422, "unknown-product", "/lines/0/productId");
        assertThat(other.get("/api/v1/admin/orders").expect(200).path("items")).isEmpty();
        assertThat(other.get("/api/v1/admin/stock").expect(200).path("items")).isEmpty();
        installation.operator().get("/api/v1/admin/orders").expectProblem(403, "forbidden");
    }

    @Test
    void forgedTokensAdmitNobody() throws JOSEException {
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(UUID.randomUUID().toString())
                        .build(),
                new JWTClaimsSet.Builder()
                        .subject(UUID.randomUUID().toString())
                        .claim("role", "ADMIN")
                        .claim("tid", UUID.randomUUID().toString())
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build());
        forged.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));

        for (String token : List.of(forged.serialize(), "nonsense", "ck_nonsense", "co_nonsense")) {
            visitor.bearing(token).get("/api/v1/store/orders").expectProblem(401, "invalid-token");
        }
    }

    @Test
    void emailAddressIsRegisteredOnce() {
        Buyer ada = Buyer.customer(visitor);
        Map<String, Object> again = Map.of(
                "email", ada.email(), "password", "quite another one", "firstName", "Eve", "lastName", "Example");

        visitor.post("/api/v1/store/registrations", again).expect(202);
        visitor.post("/api/v1/store/sessions", Map.of("email", ada.email(), "password", "quite another one"))
                .expectProblem(401, "invalid-credentials");
    }

    @Test
    @Tag("ORD-05")
    void totalsKeepTheShopsLimits() {
        String cheap = merchant.product("1.00", 10);
        String dear = merchant.product("6000.00", 10);

        JsonNode below = Buyer.guest(visitor).buy(cheap, 1, Buyer.CARD).expectProblem(422, "order-rules-violated");
        JsonNode above = Buyer.guest(visitor).buy(dear, 2, Buyer.CARD).expectProblem(422, "order-rules-violated");

        assertThat(below.at("/errors/0/code").asString()).isEqualTo("total-below-minimum");
        assertThat(above.at("/errors/0/code").asString()).isEqualTo("total-above-maximum");
        assertThat(merchant.available(cheap)).isEqualTo(10);
        assertThat(merchant.available(dear)).isEqualTo(10);
    }

    @Test
    @Tag("PLT-13")
    void idempotencyKeyBelongsToOneBody() {
        Buyer guest = Buyer.guest(visitor);
        String cart = guest.cart(merchant.product("12.00", 9), 1);
        Map<String, Object> other = new HashMap<>(guest.checkoutOf(cart));
        other.put("email", "somebody-else@guest.example");
        String key = UUID.randomUUID().toString();

        JsonNode first =
                guest.shop().post(CHECKOUTS, guest.checkoutOf(cart), key).expect(201);
        guest.shop().post(CHECKOUTS, other, key).expectProblem(422, "idempotency-key-reused");
        JsonNode again =
                guest.shop().post(CHECKOUTS, guest.checkoutOf(cart), key).expect(201);

        assertThat(again).isEqualTo(first);
        guest.shop().post(CHECKOUTS, guest.checkoutOf(cart)).expectProblem(400, "idempotency-key-required");
        String completions = CHECKOUTS + "/" + first.path("id").asString() + "/completions";
        guest.shop().post(completions, Buyer.CARD).expectProblem(400, "idempotency-key-required");
    }

    @Test
    void currenciesAreThoseOfTheWorldAndOfTheShop() {
        String product = merchant.product("12.00", 9);
        HttpShop agent = merchant.integration(visitor, Permissions.CHECKOUT_ON_BEHALF, Permissions.CHECKOUT_SET_PRICES);

        for (String currency : List.of("KWD", "XXX", "coins")) {
            agent.postOnce(CHECKOUTS, priced(product, currency))
                    .expectProblem(422, "unsupported-currency", "/lines/0/unitPrice");
        }
        agent.postOnce(CHECKOUTS, priced(product, "USD")).expectProblem(422, "currency-mismatch");
    }

    private static Map<String, Object> priced(String product, String currency) {
        Map<String, Object> line = Map.of(
                "productId", product, "quantity", 1, "unitPrice", Map.of("amount", "9.00", "currency", currency));
        return Map.of("lines", List.of(line), "email", "a@b.example", "shippingAddress", Buyer.ADDRESS);
    }

    @Test
    void cardThatIsDeclinedIsPaymentRequired() {
        String product = merchant.product("12.00", 1);
        Buyer guest = Buyer.guest(visitor);
        String checkout = guest.checkout(guest.cart(product, 1));

        guest.complete(checkout, Buyer.card("tok_insufficient_funds")).expectProblem(402, "payment-declined");

        assertThat(merchant.available(product)).isEqualTo(1);
        Buyer.guest(visitor).buy(product, 1, Buyer.CARD).expect(201);
        guest.complete(checkout, Buyer.CARD).expectProblem(409, "out-of-stock", "/lines/0");
    }

    @Test
    void cartThatHasChangedIsCheckedOutAnew() {
        String product = merchant.product("12.00", 9);
        Buyer guest = Buyer.guest(visitor);
        String cart = guest.cart(product, 1);
        String checkout = guest.checkout(cart);
        guest.shop().post(CARTS + "/" + cart + "/items", Buyer.item(product, 1)).expect(200);

        guest.complete(checkout, Buyer.CARD).expectProblem(409, "cart-changed");
    }

    @Test
    void parcelsAreSentToCountriesOfTheWorld() {
        Buyer guest = Buyer.guest(visitor);
        String cart = guest.cart(merchant.product("12.00", 5), 1);

        for (String country : List.of("ZZ", "EU", "QQ", "UK")) {
            Map<String, Object> address = new HashMap<>(Buyer.ADDRESS);
            address.put("country", country);
            Map<String, Object> checkout = new HashMap<>(guest.checkoutOf(cart));
            checkout.put("shippingAddress", address);
            guest.shop()
                    .postOnce(CHECKOUTS, checkout)
                    .expectProblem(422, "invalid-request", "/shippingAddress/country");
            checkout.put("shippingAddress", Buyer.ADDRESS);
            checkout.put("billingAddress", address);
            guest.shop().postOnce(CHECKOUTS, checkout).expectProblem(422, "invalid-request", "/billingAddress/country");

            address.put("type", "shipping");
            Buyer.customer(visitor)
                    .shop()
                    .postOnce("/api/v1/store/customers/me/addresses", address)
                    .expectProblem(422, "invalid-request", "/country");
        }
    }

    @Test
    void timesThatNoDatabaseKeepsAreNamed() {
        HttpShop clerk = merchant.integration(visitor, Permissions.ORDERS_READ);
        String order = "/api/v1/admin/orders/" + UUID.randomUUID() + "/as-of/";

        clerk.get(order + "+999999999-01-01T00:00:00Z").expectProblem(400, "invalid-parameter", "{time}");
        clerk.get(order + "9999-12-31T23:59:59.999999999Z").expectProblem(404, "order-not-found");
        clerk.get(order + "0001-01-01T00:00:00Z").expectProblem(404, "order-not-found");
        String events = "/api/v1/admin/events?from=";
        clerk.get(events + "-999999999-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")
                .expectProblem(400, "invalid-parameter", "?from");
        clerk.get(events + "2026-01-01T00:00:00Z&to=%2B999999999-01-01T00:00:00Z")
                .expectProblem(400, "invalid-parameter", "?to");
        clerk.get(events + "0001-01-01T00:00:00Z&to=9999-12-31T23:59:59.999999999Z")
                .expect(200);
        String report = "/api/v1/admin/reports/orders-by-month?timeZone=Pacific/Kiritimati&until=";
        clerk.get(report + "%2B300000-12-31").expectProblem(400, "invalid-parameter", "?until");
        clerk.get(report + "9999-12-31").expect(200);
        clerk.get(report + "0001-01-01").expect(200);
    }

    @Test
    void textsAndObjectsThatReadersWouldReadDifferentlyAreRefused() {
        visitor.send("POST", CARTS, "{\"items\": [], \"items\": []}", Map.of()).expectProblem(400, "malformed-json");
        String halfOfAPair =
                "{\"email\": \"a@b.example\", \"password\": \"quite another one\", \"firstName\": \"\\ud800\"}";
        visitor.send("POST", "/api/v1/store/registrations", halfOfAPair, Map.of())
                .expectProblem(422, "invalid-request", "/firstName");
    }

    @Test
    void whatTheServerCannotReadIsAnsweredWhateverTheMethod() {
        for (String method : List.of("GET", "PUT", "POST", "PATCH", "DELETE")) {
            for (String unreadable : List.of("%ED%A0%80", "%C3%28", "%2e%2e%2fup", "%00")) {
                visitor.send(method, "/api/v1/admin/customers/by-number/" + unreadable, null, Map.of())
                        .expectProblem(400, "malformed-request");
            }
        }
    }

    @Test
    void pathsMethodsAndTypesThatAreNotAnsweredHere() {
        visitor.get("/api/v1/store/unicorns").expectProblem(404, "unknown-route");
        visitor.send("DELETE", CARTS, null, Map.of()).expectProblem(405, "method-not-allowed");
        visitor.send("TRACE", CARTS, null, Map.of()).expectProblem(405, "method-not-allowed");
        visitor.get(CARTS + "/not-a-uuid").expectProblem(400, "invalid-parameter");
        HttpShop.Answer internal = visitor.get("/internal/auth/public-keys");
        // Behind a front there is no such path; a process itself asks who calls.
        if (internal.status() == 404) {
            internal.expectProblem(404, "unknown-route");
        } else {
            internal.expectProblem(401, "invalid-service-context");
        }
    }
}
