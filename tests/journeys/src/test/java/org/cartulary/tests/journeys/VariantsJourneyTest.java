package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cartulary.tests.support.Merchant.Money.euros;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A shirt in two sizes is sold by the ids of its variants, from the shelf to the order. */
@Tag("CAT-01")
@ExtendWith(SharedInstallation.class)
final class VariantsJourneyTest {

    private final Installation installation;
    private final Merchant merchant;

    VariantsJourneyTest(Installation installation) {
        this.installation = installation;
        this.merchant = installation.merchant();
        merchant.sendEverywhere();
    }

    private String path(String product) {
        return "/api/v1/admin/products/" + product;
    }

    private HttpShop.Answer change(String product, String suffix, Object change) {
        String tag =
                merchant.shop().get(path(product)).headers().firstValue("ETag").orElseThrow();
        return merchant.shop()
                .send(
                        "PUT",
                        path(product) + suffix,
                        JsonMapper.shared().writeValueAsString(change),
                        Map.of("If-Match", tag));
    }

    /** The variants in sizes M and L, the second of which has a price of its own. */
    private JsonNode shirt(String product) {
        String sku = "SHIRT-" + UUID.randomUUID();
        return change(
                        product,
                        "/variants",
                        Map.of(
                                "options",
                                List.of(Map.of("name", "size", "choices", List.of("M", "L"))),
                                "variants",
                                List.of(
                                        Map.of("sku", sku + "-M", "options", Map.of("size", "M")),
                                        Map.of(
                                                "sku",
                                                sku + "-L",
                                                "options",
                                                Map.of("size", "L"),
                                                "price",
                                                euros("22.00")))))
                .expect(200);
    }

    private void receive(String variant, int units) {
        Map<String, Object> receipt = Map.of("productId", variant, "quantity", units, "reference", "journey");
        merchant.shop()
                .post("/api/v1/admin/stock-receipts/batches", Map.of("receipts", List.of(receipt)))
                .expect(200);
    }

    @Test
    void aShirtIsBoughtInTheSizeThatIsThereAndNotInTheOther() {
        String product = merchant.product("20.00", 0);
        JsonNode shirt = shirt(product);
        String medium = shirt.at("/variants/0/id").asString();
        String large = shirt.at("/variants/1/id").asString();
        receive(large, 1);
        HttpShop visitor = installation.visitor();

        JsonNode shown = visitor.get("/api/v1/store/products/" + product).expect(200);
        assertThat(shown.at("/options/0/choices")).hasSize(2);
        assertThat(shown.at("/variants/1/price/amount").asString()).isEqualTo("22.00");
        assertThat(shown.at("/priceFrom/amount").asString()).isEqualTo("20.00");

        Buyer guest = Buyer.guest(visitor);
        guest.shop()
                .post("/api/v1/store/carts", Map.of("items", List.of(Buyer.item(product, 1))))
                .expectProblem(422, "variant-required", "/items/0/productId");
        String cart = guest.cart(large, 1);
        JsonNode line =
                guest.shop().get("/api/v1/store/carts/" + cart).expect(200).at("/lines/0");
        assertThat(line.path("name").asString()).endsWith(" — L");
        assertThat(line.at("/variantOf/productId").asString()).isEqualTo(product);
        assertThat(line.at("/variantOf/options/0/value").asString()).isEqualTo("L");

        String order = guest.complete(guest.checkout(cart), Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        JsonNode ordered = merchant.shop().get("/api/v1/admin/orders/" + order).expect(200);
        assertThat(ordered.at("/items/0/productId").asString()).isEqualTo(large);
        assertThat(ordered.at("/items/0/name").asString()).endsWith(" — L");
        assertThat(ordered.at("/items/0/unitPrice/amount").asString()).isEqualTo("22.00");

        for (String gone : List.of(medium, large)) {
            Buyer late = Buyer.guest(visitor);
            late.complete(late.checkout(late.cart(gone, 1)), Buyer.CARD).expectProblem(409, "out-of-stock", "/lines/0");
        }
        assertThat(merchant.available(large)).isZero();
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }

    @Test
    @Tag("CAT-06")
    void whatTheShopDeletesLeavesCartsAndSearchAndStaysInOrders() {
        String kept = merchant.product("10.00", 5);
        String gone = merchant.product("7.00", 5);
        HttpShop visitor = installation.visitor();
        Buyer earlier = Buyer.guest(visitor);
        String order =
                earlier.buy(gone, 1, Buyer.CARD).expect(201).path("orderId").asString();
        Buyer guest = Buyer.guest(visitor);
        guest.cart(kept, 1);
        String cart = guest.cart(gone, 2);
        String opened = guest.checkout(cart);

        merchant.shop().send("DELETE", path(gone), null, Map.of()).expect(204);

        JsonNode shown = guest.shop().get("/api/v1/store/carts/" + cart).expect(200);
        assertThat(shown.path("lines")).hasSize(1);
        assertThat(shown.at("/lines/0/productId").asString()).isEqualTo(kept);
        assertThat(shown.at("/removed/0/productId").asString()).isEqualTo(gone);
        assertThat(shown.at("/removed/0/reason").asString()).isEqualTo("deleted");
        assertThat(shown.at("/subtotal/amount").asString()).isEqualTo("10.00");
        assertThat(visitor.get("/api/v1/store/products/" + gone).status()).isEqualTo(404);
        guest.complete(opened, Buyer.CARD).expectProblem(409, "product-unavailable");

        String later = guest.complete(guest.checkout(cart), Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        assertThat(merchant.shop()
                        .get("/api/v1/admin/orders/" + later)
                        .expect(200)
                        .path("items"))
                .hasSize(1);
        assertThat(earlier.shop()
                        .get("/api/v1/store/orders/" + order)
                        .expect(200)
                        .at("/items/0/productId")
                        .asString())
                .isEqualTo(gone);
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }

    @Test
    void noOrderTakesAPriceThatHasEnded() {
        String product = merchant.product("20.00", 5);
        Instant now = Instant.now();
        Map<String, Object> reduced = Map.of(
                "price",
                euros("15.00"),
                "startsAt",
                now.minus(Duration.ofHours(1)).toString(),
                "endsAt",
                now.plus(Duration.ofHours(1)).toString());
        change(product, "/prices", Map.of("prices", List.of(reduced))).expect(200);
        Buyer guest = Buyer.guest(installation.visitor());
        String cart = guest.cart(product, 1);
        assertThat(guest.shop()
                        .get("/api/v1/store/carts/" + cart)
                        .expect(200)
                        .at("/lines/0/unitPrice/amount")
                        .asString())
                .isEqualTo("15.00");
        String checkout = guest.checkout(cart);

        change(product, "/prices", Map.of("prices", List.of())).expect(200);

        guest.complete(checkout, Buyer.CARD).expectProblem(409, "price-changed", "/lines/0/unitPrice");
        JsonNode history = merchant.shop().get(path(product) + "/price-history").expect(200);
        assertThat(history.path("items")).hasSize(3);
        assertThat(history.at("/items/0/price/amount").asString()).isEqualTo("20.00");
        assertThat(history.at("/items/1/regularPrice/amount").asString()).isEqualTo("20.00");
        JsonNode shown =
                installation.visitor().get("/api/v1/store/products/" + product).expect(200);
        assertThat(shown.at("/price/amount").asString()).isEqualTo("20.00");
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }

    @Test
    void anOldAddressLeadsToTheProductAndSaysItsNewName() {
        String product = merchant.product("20.00", 0);
        String before = "before-" + UUID.randomUUID();
        String after = "after-" + UUID.randomUUID();
        change(product, "", Map.of("slug", before)).expect(200);
        change(product, "", Map.of("slug", after)).expect(200);

        HttpShop.Answer answer = installation.visitor().get("/api/v1/store/products/" + before);

        assertThat(answer.expect(301).path("slug").asString()).isEqualTo(after);
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/store/products/" + after);
        installation.visitor().get("/api/v1/store/products/" + after).expect(200);
    }
}
