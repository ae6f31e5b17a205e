package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

/** Two vendors sell in one shop: each its own products, each seeing its own lines, and each paid to the cent. */
@Tag("CAT-07")
@ExtendWith(SharedInstallation.class)
final class VendorJourneyTest {

    private static final String PASSWORD = "correct horse battery";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Installation installation;
    private final Merchant merchant;

    VendorJourneyTest(Installation installation) {
        this.installation = installation;
        this.merchant = installation.merchant();
    }

    /** A vendor of the shop, and somebody who works for it. */
    private record Vendor(String id, HttpShop shop) {

        String product(String price) {
            String sku = "VENDOR-" + UUID.randomUUID();
            return shop.postOnce(
                            "/api/v1/vendor/products",
                            Map.of("sku", sku, "name", "Vendor's " + sku, "price", Merchant.Money.euros(price)))
                    .expect(201)
                    .path("id")
                    .asString();
        }
    }

    private Vendor vendor(String name, int basisPoints) {
        String id = merchant.shop()
                .post("/api/v1/admin/vendors", Map.of("name", name, "commissionBasisPoints", basisPoints))
                .expect(201)
                .path("id")
                .asString();
        String email = "vendor-" + UUID.randomUUID() + "@vendor.example";
        merchant.shop()
                .post("/api/v1/admin/vendors/" + id + "/members", member(email))
                .expect(201);
        return new Vendor(
                id, Merchant.signedIn(installation.visitor(), email, PASSWORD).shop());
    }

    private static Map<String, Object> member(String email) {
        return Map.of("email", email, "password", PASSWORD, "firstName", "Vera", "lastName", "Vendor");
    }

    private void stock(String product) {
        merchant.shop()
                .post(
                        "/api/v1/admin/stock-receipts/batches",
                        Map.of("receipts", List.of(Map.of("productId", product, "quantity", 20, "reference", product))))
                .expect(200);
    }

    private String bought(Buyer buyer, Object... productsAndQuantities) {
        List<Map<String, Object>> items = new java.util.ArrayList<>();
        for (int i = 0; i < productsAndQuantities.length; i += 2) {
            items.add(Buyer.item((String) productsAndQuantities[i], productsAndQuantities[i + 1]));
        }
        String cart = buyer.shop()
                .post("/api/v1/store/carts", Map.of("items", items))
                .expect(201)
                .path("id")
                .asString();
        String order = buyer.complete(buyer.checkout(cart), Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        Eventually.holds(
                "the payment is captured",
                LIMIT,
                () -> merchant.payments(order).at("/0/status").asString("").equals("CAPTURED"));
        return order;
    }

    @Test
    void eachVendorSellsItsOwnAndIsPaidToTheCent() {
        merchant.sendEverywhere();
        Vendor lamps = vendor("Lamps " + UUID.randomUUID(), 1_250);
        Vendor rugs = vendor("Rugs " + UUID.randomUUID(), 500);
        String lamp = lamps.product("19.99");
        String rug = rugs.product("70.00");
        String own = merchant.product("10.00", 20);
        stock(lamp);
        stock(rug);
        Buyer buyer = Buyer.customer(installation.visitor());

        String order = bought(buyer, own, 1, lamp, 2, rug, 1);
        setCommission(lamps, 5_000);
        String later = bought(buyer, lamp, 1);

        JsonNode orders = lamps.shop().get("/api/v1/vendor/orders").expect(200).path("items");
        assertThat(orders.valueStream().map(item -> item.path("orderId").asString()))
                .containsExactly(later, order);
        JsonNode seen = lamps.shop().get("/api/v1/vendor/orders/" + order).expect(200);
        assertThat(seen.path("lines")).hasSize(1);
        assertThat(seen.at("/lines/0/commission/amount").asString()).isEqualTo("5.00");
        assertThat(seen.at("/lines/0/due/amount").asString()).isEqualTo("34.98");
        assertThat(seen.toString()).doesNotContain("Ada", "Berlin", buyer.email(), rug, own);
        assertThat(lamps.shop()
                        .get("/api/v1/vendor/orders/" + later)
                        .expect(200)
                        .at("/lines/0/commissionBasisPoints")
                        .asInt())
                .as("the commission is that of the order's time")
                .isEqualTo(5_000);
        rugs.shop().get("/api/v1/vendor/orders/" + later).expectProblem(404, "order-not-found");
        statementsAddUp(lamps, rugs);
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }

    private void setCommission(Vendor vendor, int basisPoints) {
        String path = "/api/v1/admin/vendors/" + vendor.id();
        HttpShop.Answer read = merchant.shop().get(path);
        String change = "{\"name\":\"%s\",\"commissionBasisPoints\":%d}"
                .formatted(read.expect(200).path("name").asString(), basisPoints);
        merchant.shop()
                .send(
                        "PUT",
                        path,
                        change,
                        Map.of("If-Match", read.headers().firstValue("ETag").orElseThrow()))
                .expect(200);
        merchant.shop().send("PUT", path, change, Map.of()).expectProblem(428, "precondition-required");
    }

    private void statementsAddUp(Vendor lamps, Vendor rugs) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String period = "?from=" + today.minusDays(1) + "&until=" + today.plusDays(2);
        JsonNode own = lamps.shop()
                .get("/api/v1/vendor/commission-statement" + period)
                .expect(200)
                .path("items");
        assertThat(own).hasSize(1);
        assertThat(own.at("/0/paid").asString()).isEqualTo("59.97");
        assertThat(own.at("/0/commission").asString()).isEqualTo("15.00");
        assertThat(own.at("/0/due").asString()).isEqualTo("44.97");
        JsonNode report = merchant.shop()
                .get("/api/v1/admin/reports/vendor-commissions" + period)
                .expect(200)
                .path("items");
        assertThat(report.valueStream().map(item -> item.path("vendorId").asString()))
                .contains(lamps.id(), rugs.id());
    }

    @Test
    @Tag("PLT-18")
    void aVendorReachesNothingOfOthers() {
        Vendor lamps = vendor("Lamps " + UUID.randomUUID(), 0);
        Vendor rugs = vendor("Rugs " + UUID.randomUUID(), 0);
        String rug = rugs.product("70.00");
        String path = "/api/v1/vendor/products/" + rug;
        Map<String, String> version = Map.of("If-Match", "\"1\"");

        lamps.shop().get(path).expectProblem(404, "product-not-found");
        lamps.shop().send("PUT", path, "{\"name\":\"mine\"}", version).expectProblem(404, "product-not-found");
        lamps.shop().send("DELETE", path, null, Map.of()).expectProblem(404, "product-not-found");
        lamps.shop()
                .postOnce(
                        "/api/v1/vendor/products",
                        Map.of(
                                "sku",
                                "X-" + rug,
                                "name",
                                "X",
                                "price",
                                Merchant.Money.euros("1.00"),
                                "vendorId",
                                rugs.id()))
                .expectProblem(422, "unknown-vendor");
        rugs.shop().send("PUT", path, "{\"name\":\"A better rug\"}", version).expect(200);
        assertThat(rugs.shop().get("/api/v1/vendor/products").expect(200).path("items"))
                .hasSize(1);
        assertThat(lamps.shop().get("/api/v1/vendor/products").expect(200).path("items"))
                .isEmpty();
        for (String ofTheShop : List.of(
                "orders",
                "products",
                "vendors",
                "customers",
                "stock",
                "settings",
                "reports/vendor-commissions?from=2026-01-01&until=2026-02-01")) {
            lamps.shop().get("/api/v1/admin/" + ofTheShop).expectProblem(403, "forbidden");
        }
        merchant.shop().get("/api/v1/vendor/orders").expectProblem(403, "forbidden");
        Buyer.customer(installation.visitor())
                .shop()
                .get("/api/v1/vendor/products")
                .expectProblem(403, "forbidden");
        rugs.shop().send("DELETE", path, null, Map.of()).expect(204);
    }

    @Test
    void whoeverWasDismissedActsForNobody() {
        String id = merchant.shop()
                .post("/api/v1/admin/vendors", Map.of("name", "Short " + UUID.randomUUID(), "commissionBasisPoints", 0))
                .expect(201)
                .path("id")
                .asString();
        String email = "vendor-" + UUID.randomUUID() + "@vendor.example";
        String members = "/api/v1/admin/vendors/" + id + "/members";
        String user = merchant.shop()
                .post(members, member(email))
                .expect(201)
                .path("id")
                .asString();
        HttpShop person =
                Merchant.signedIn(installation.visitor(), email, PASSWORD).shop();
        person.get("/api/v1/vendor/products").expect(200);

        merchant.shop().send("DELETE", members + "/" + user, null, Map.of()).expect(204);

        person.get("/api/v1/vendor/products").expectProblem(403, "no-vendor");
        person.get("/api/v1/vendor/orders").expectProblem(403, "no-vendor");
        merchant.shop()
                .post("/api/v1/admin/vendors/" + UUID.randomUUID() + "/members", member(email))
                .expectProblem(404, "vendor-not-found");
        assertThat(merchant.shop().get("/api/v1/admin/vendors").expect(200).path("items"))
                .isNotEmpty();
    }
}
