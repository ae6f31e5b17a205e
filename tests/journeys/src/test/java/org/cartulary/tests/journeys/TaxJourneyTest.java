package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Two teapots at 10.00, taxed at 19 %, and a book at 0.99, taxed at 7 %; the parcel for 4.90 is taxed as the teapots are. */
@Tag("SHP-01")
@ExtendWith(SharedInstallation.class)
final class TaxJourneyTest {

    private final Installation installation;

    TaxJourneyTest(Installation installation) {
        this.installation = installation;
    }

    private static String book(Merchant merchant) {
        String sku = "BOOK-" + UUID.randomUUID();
        Map<String, Object> product =
                Map.of("sku", sku, "name", "A book", "price", Merchant.Money.euros("0.99"), "taxCategory", "reduced");
        String id = merchant.shop()
                .post("/api/v1/admin/products/batches", Map.of("products", List.of(product)))
                .expect(200)
                .at("/results/0/id")
                .asString();
        Map<String, Object> receipt = Map.of("productId", id, "quantity", 10, "reference", sku);
        merchant.shop()
                .post("/api/v1/admin/stock-receipts/batches", Map.of("receipts", List.of(receipt)))
                .expect(200);
        return id;
    }

    private static void rate(HttpShop admin, String category, int percent, int status) {
        admin.put(
                        "/api/v1/admin/tax-rates/de-" + category,
                        Map.of("country", "DE", "category", category, "name", "MwSt. " + category, "percent", percent))
                .expect(status);
    }

    private static JsonNode opened(Installation shop, Buyer buyer) {
        Merchant merchant = shop.merchant();
        merchant.sendEverywhere();
        rate(merchant.shop(), "standard", 19, 201);
        rate(merchant.shop(), "reduced", 7, 201);
        String cart = buyer.shop()
                .post(
                        "/api/v1/store/carts",
                        Map.of(
                                "items",
                                List.of(Buyer.item(merchant.product("10.00", 10), 2), Buyer.item(book(merchant), 1))))
                .expect(201)
                .path("id")
                .asString();
        return buyer.shop()
                .postOnce("/api/v1/store/checkouts", buyer.checkoutOf(cart))
                .expect(201);
    }

    private static String amount(JsonNode node, String field) {
        return node.path(field).path("amount").asString();
    }

    private static JsonNode bought(Buyer buyer, JsonNode checkout) {
        String id = buyer.complete(checkout.path("id").asString(), Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        return buyer.shop().get("/api/v1/store/orders/" + id).expect(200);
    }

    @Test
    void taxComesOnTopAndEverythingThatIsGivenBackAddsUp() {
        Installation shop = installation.withShopOfItsOwn();
        Buyer buyer = Buyer.guest(shop.visitor());
        JsonNode checkout = opened(shop, buyer);
        assertThat(amount(checkout, "tax")).isEqualTo("4.80");
        assertThat(amount(checkout, "total")).isEqualTo("30.69");

        HttpShop admin = shop.merchant().shop();
        rate(admin, "standard", 21, 200);
        buyer.complete(checkout.path("id").asString(), Buyer.CARD).expectProblem(409, "price-changed");
        rate(admin, "standard", 19, 200);
        JsonNode order = bought(buyer, checkout);

        assertThat(amount(order, "total")).isEqualTo("30.69");
        assertThat(order.path("adjustments"))
                .isEqualTo(checkout.path("adjustments"))
                .hasSize(3);
        assertThat(amount(order.at("/items/0"), "tax")).isEqualTo("3.80");
        assertThat(amount(order.at("/items/1"), "tax")).isEqualTo("0.07");
        String id = order.path("id").asString();
        Eventually.holds(
                "the payment is captured",
                Duration.ofSeconds(60),
                () -> shop.merchant().payments(id).at("/0/status").asString("").equals("CAPTURED"));
        String refunds = "/api/v1/admin/orders/" + id + "/refunds";
        admin.postOnce(refunds, Map.of("reason", "scratched", "amount", Merchant.Money.euros("11.90")))
                .expect(201);
        admin.postOnce(refunds, Map.of("reason", "given up")).expect(201);
        JsonNode givenBack = buyer.shop().get("/api/v1/store/orders/" + id).expect(200);
        assertThat(givenBack.path("status").asString()).isEqualTo("REFUNDED");
        assertThat(amount(givenBack, "refunded")).isEqualTo("30.69");
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }

    @Test
    void pricesContainTheTaxWhereTheShopSaysSo() {
        Installation shop = installation.withShopOfItsOwn();
        HttpShop admin = shop.merchant().shop();
        String tag =
                admin.get("/api/v1/admin/settings").headers().firstValue("ETag").orElseThrow();
        admin.send("PUT", "/api/v1/admin/settings", "{\"pricesIncludeTax\":true}", Map.of("If-Match", tag))
                .expect(200);
        Buyer buyer = Buyer.guest(shop.visitor());
        JsonNode checkout = opened(shop, buyer);
        assertThat(amount(checkout, "tax")).isEqualTo("0.00");
        assertThat(amount(checkout, "includedTax")).isEqualTo("4.04");

        JsonNode order = bought(buyer, checkout);

        assertThat(amount(order, "total")).isEqualTo("25.89");
        assertThat(amount(order, "includedTax")).isEqualTo("4.04");
        assertThat(amount(order.at("/items/0"), "includedTax")).isEqualTo("3.20");
        assertThat(order.path("adjustments")).isEqualTo(checkout.path("adjustments"));
        buyer.shop()
                .postOnce(
                        "/api/v1/store/orders/" + order.path("id").asString() + "/cancellations",
                        Map.of("reason", "changed my mind"))
                .expect(201);
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }
}
