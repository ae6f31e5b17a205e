package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Patience;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What those who serve a shop's customers look up and write down, and what customers change of themselves. */
@ExtendWith(SharedInstallation.class)
final class BehindTheCounterJourneyTest {

    private static final String ME = "/api/v1/store/customers/me";
    private static final String ORDERS = "/api/v1/admin/orders";

    private final Installation shop;
    private final Merchant merchant;
    private final HttpShop staff;

    BehindTheCounterJourneyTest(Installation installation) {
        this.shop = installation.withShopOfItsOwn();
        this.merchant = shop.merchant();
        this.staff = merchant.shop();
        merchant.sendEverywhere();
    }

    private static String tag(HttpShop.Answer answer) {
        answer.expect(200);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static JsonNode change(HttpShop caller, String path, String tag, String body) {
        return caller.send("PUT", path, body, Map.of("If-Match", tag)).expect(200);
    }

    private Buyer customer() {
        Buyer buyer = Buyer.customer(shop.visitor());
        Patience.answer(() -> buyer.shop().get(ME), answer -> answer.status() != 404)
                .expect(200);
        return buyer;
    }

    private List<String> orders(String query) {
        return staff.get(ORDERS + query)
                .expect(200)
                .path("items")
                .valueStream()
                .map(order -> order.path("id").asString())
                .toList();
    }

    private static String order(HttpShop.Answer bought) {
        return bought.expect(201).path("orderId").asString();
    }

    @Test
    @Tag("PLT-15")
    @Tag("PLT-28")
    void theOrdersOfAnAddressAreFoundWithAnAccountAndWithout() {
        String product = merchant.product("30.00", 20);
        Buyer customer = customer();
        String first = order(customer.buy(product, 1, Buyer.CARD));
        Buyer guest = new Buyer(Buyer.guest(shop.visitor()).shop(), customer.email());
        String second = order(guest.buy(product, 2, Buyer.CARD));
        order(Buyer.guest(shop.visitor()).buy(product, 1, Buyer.CARD));

        assertThat(orders("?email=" + customer.email())).containsExactly(second, first);
        assertThat(orders("?email=" + customer.email() + "&status=CONFIRMED&status=SHIPPED&minimumTotal=50"))
                .containsExactly(second);
        assertThat(orders("?status=CONFIRMED,CANCELLED&from=" + yesterday())).hasSize(3);
        assertThat(orders("?until=" + yesterday())).isEmpty();
        assertThat(orders("?email=nobody@" + UUID.randomUUID() + ".example")).isEmpty();
        staff.get(ORDERS + "?status=LOST").expectProblem(422, "invalid-filter");
        staff.get(ORDERS + "?from=" + yesterday() + "&until=" + yesterday()).expectProblem(422, "invalid-period");

        JsonNode found = staff.get("/api/v1/admin/customers?email=" + customer.email())
                .expect(200)
                .path("items");
        assertThat(found).hasSize(1);
        JsonNode whole = staff.get(
                        "/api/v1/admin/customers/" + found.at("/0/id").asString())
                .expect(200);
        assertThat(whole.at("/customer/email").asString()).isEqualTo(customer.email());
        assertThat(whole.path("addresses").isArray()).isTrue();
    }

    private static LocalDate yesterday() {
        return LocalDate.now(ZoneOffset.UTC).minusDays(1);
    }

    @Test
    @Tag("ORD-01")
    void aNoteForTheBuyerIsReadByTheBuyerAndOneForTheShopIsNot() {
        Buyer customer = customer();
        String id = order(customer.buy(merchant.product("30.00", 5), 1, Buyer.CARD));
        String notes = ORDERS + "/" + id + "/notes";
        staff.postOnce(notes, Map.of("text", "a difficult customer")).expect(201);
        staff.postOnce(notes, Map.of("text", "comes on Monday", "visibleToCustomer", true))
                .expect(201);
        staff.post(notes, Map.of("text", "without a key")).expectProblem(400, "idempotency-key-required");
        staff.postOnce(notes, Map.of("text", " ")).expectProblem(422, "invalid-request");
        staff.postOnce(notes, Map.of("text", "x".repeat(2_001))).expectProblem(422, "invalid-request");
        customer.shop().postOnce(notes, Map.of("text", "mine")).expectProblem(403, "forbidden");

        JsonNode seen = customer.shop().get("/api/v1/store/orders/" + id).expect(200);
        assertThat(seen.path("notesOfShop")).hasSize(1);
        assertThat(seen.at("/notesOfShop/0/text").asString()).isEqualTo("comes on Monday");
        assertThat(seen.toString()).doesNotContain("difficult");
        JsonNode all = staff.get(notes).expect(200).path("items");
        assertThat(all).hasSize(2);
        assertThat(all.at("/0/by/kind").asString())
                .as("who acts for the shop here has a key of it")
                .isEqualTo("INTEGRATION");
        assertThat(staff.get(ORDERS + "/" + id)
                        .expect(200)
                        .at("/history/0/by/kind")
                        .asString())
                .isNotEmpty();
        JsonNode reads = staff.get("/api/v1/admin/data-access-log?subjectId=" + id)
                .expect(200)
                .path("items");
        assertThat(reads.valueStream().map(read -> read.path("endpoint").asString()))
                .contains("GET /api/v1/admin/orders/{id}/notes");
    }

    @Test
    @Tag("ORD-04")
    void whatIsSoldStandsInTheReportsOfItsTime() {
        String product = merchant.product("30.00", 5);
        Buyer buyer = Buyer.guest(shop.visitor());
        String bought = order(buyer.buy(product, 2, Buyer.CARD));
        String cancelled = order(buyer.buy(product, 1, Buyer.CARD));
        buyer.shop()
                .postOnce("/api/v1/store/orders/" + cancelled + "/cancellations", Map.of("reason", "changed my mind"))
                .expect(201);

        String period = "?from=" + yesterday() + "&until=" + yesterday().plusDays(3);
        JsonNode sales =
                staff.get("/api/v1/admin/reports/sales" + period + "&by=month").expect(200);
        assertThat(sales.path("totals")).hasSize(1);
        assertThat(sales.at("/totals/0/orders").asInt()).isEqualTo(1);
        assertThat(sales.at("/totals/0/units").asInt()).isEqualTo(2);
        assertThat(sales.at("/totals/0/gross"))
                .isEqualTo(staff.get(ORDERS + "/" + bought).expect(200).path("total"));
        JsonNode best = staff.get("/api/v1/admin/reports/best-sellers" + period + "&limit=5")
                .expect(200)
                .path("items");
        assertThat(best).hasSize(1);
        assertThat(best.at("/0/productId").asString()).isEqualTo(product);
        assertThat(best.at("/0/revenue/amount").asString()).isEqualTo("60.00");
        staff.get("/api/v1/admin/reports/sales" + period + "&by=hour").expectProblem(422, "invalid-step");
    }

    @Test
    @Tag("CUS-01")
    void customersChangeWhatTheyHaveRead() {
        HttpShop customer = customer().shop();
        String body = "{\"firstName\": \"Augusta\", \"phone\": \"+441234567\", \"dateOfBirth\": \"1985-12-10\"}";
        String before = tag(customer.get(ME));
        customer.send("PUT", ME, body, Map.of()).expectProblem(428, "precondition-required");
        assertThat(change(customer, ME, before, body).path("phone").asString()).isEqualTo("+441234567");
        customer.send("PUT", ME, body, Map.of("If-Match", before)).expectProblem(412, "precondition-failed");
        customer.send("PUT", ME, "{\"phone\": \"call me\"}", Map.of("If-Match", tag(customer.get(ME))))
                .expectProblem(422, "invalid-request");

        Map<String, Object> address = new HashMap<>(Buyer.ADDRESS);
        address.put("type", "shipping");
        String path = ME + "/addresses/"
                + customer.postOnce(ME + "/addresses", address)
                        .expect(201)
                        .path("id")
                        .asString();
        String read = tag(customer.get(path));
        String moved =
                "{\"type\": \"shipping\", \"isDefault\": true, \"addressLine1\": \"2 Low Street\", \"city\": \"Leeds\", \"country\": \"GB\"}";
        assertThat(change(customer, path, read, moved).path("city").asString()).isEqualTo("Leeds");
        customer.send("PUT", path, moved, Map.of("If-Match", read)).expectProblem(412, "precondition-failed");
        customer().shop().get(path).expectProblem(404, "address-not-found");
        customer.send("DELETE", path, null, Map.of()).expectProblem(428, "precondition-required");
        assertThat(customer.send("DELETE", path, null, Map.of("If-Match", tag(customer.get(path))))
                        .status())
                .isEqualTo(204);
        customer.get(path).expectProblem(404, "address-not-found");
    }

    @Test
    @Tag("PLT-17")
    void everybodyReadsHowTheShopSellsAndOnlyWhatChangedAnew() {
        HttpShop visitor = shop.visitor();
        HttpShop.Answer answer = visitor.get("/api/v1/store/shop");
        assertThat(answer.expect(200).path("decimals").asInt()).isEqualTo(2);
        assertThat(visitor.send("GET", "/api/v1/store/shop", null, Map.of("If-None-Match", tag(answer)))
                        .status())
                .isEqualTo(304);
    }

    @Test
    @Tag("PLT-24")
    void theOperatorReadsHowAllDatabasesAreAndNobodyElse() {
        JsonNode health = shop.operator().get("/api/v1/admin/database-health").expect(200);
        assertThat(health.path("unavailable")).isEmpty();
        assertThat(health.path("items")
                        .valueStream()
                        .map(one -> one.path("service").asString()))
                .contains("order", "payment", "inventory", "tenant", "privacy");
        assertThat(health.path("items").valueStream())
                .allSatisfy(one -> assertThat(one.path("checks")).hasSize(7));
        assertThat(shop.operator()
                        .get("/api/v1/admin/database-health?service=order")
                        .expect(200)
                        .path("items"))
                .hasSize(1);
        staff.get("/api/v1/admin/database-health").expectProblem(403, "forbidden");
    }
}
