package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Patience;
import org.cartulary.tests.support.Reconciled;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Coupons from the shop that gives them out to the order that uses them. */
@Tag("PRO-01")
@Tag("CHK-02")
@ExtendWith(SharedInstallation.class)
final class PromotionsJourneyTest {

    private static final int BUYERS = 200;
    private static final int USES = 50;

    private final Installation installation;
    private final Merchant merchant;

    PromotionsJourneyTest(Installation installation) {
        this.installation = installation;
        this.merchant = installation.merchant();
    }

    /** A checkout that is about to be completed, always under one key. */
    private record Ready(Buyer buyer, String checkout, String key) {

        HttpShop.Answer complete() {
            return Patience.answer(
                    () -> buyer.shop().post("/api/v1/store/checkouts/" + checkout + "/completions", Buyer.CARD, key));
        }
    }

    @BeforeEach
    void openTheShop() {
        merchant.sendEverywhere();
    }

    private static String code() {
        return "C" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
    }

    private static Map<String, Object> fiveOff(String code) {
        return Map.of("kind", "FIXED_AMOUNT", "code", code, "amount", Merchant.Money.euros("5.00"));
    }

    private int uses(String promotion) {
        return merchant.shop()
                .get("/api/v1/admin/promotions/" + promotion + "/usage")
                .expect(200)
                .path("uses")
                .asInt();
    }

    @Test
    void ofTwoHundredBuyersWithACouponForFiftyFiftyAreGivenTheDiscount() throws InterruptedException {
        String code = code();
        String promotion = merchant.promotion(Map.of(
                "kind", "FIXED_AMOUNT", "code", code, "amount", Merchant.Money.euros("5.00"), "totalLimit", USES));
        String product = merchant.product("20.00", BUYERS);
        List<Ready> ready = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            Buyer guest = Buyer.guest(installation.visitor());
            ready.add(new Ready(
                    guest,
                    guest.checkout(guest.cart(product, 1), code),
                    UUID.randomUUID().toString()));
        }

        List<HttpShop.Answer> answers =
                Concurrently.run(BUYERS, i -> ready.get(i).complete()).valuesOrThrow();

        List<HttpShop.Answer> placed =
                answers.stream().filter(answer -> answer.status() == 201).toList();
        assertThat(placed)
                .hasSize(USES)
                .allSatisfy(answer ->
                        assertThat(answer.body().at("/total/amount").asString()).isEqualTo("19.90"));
        List<HttpShop.Answer> refused =
                answers.stream().filter(answer -> answer.status() != 201).toList();
        assertThat(refused).hasSize(BUYERS - USES);
        refused.forEach(answer -> answer.expectProblem(409, "coupon-used-up", "/couponCodes/0"));
        assertThat(uses(promotion)).isEqualTo(USES);
        assertThat(merchant.available(product)).isEqualTo(BUYERS - USES);
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }

    @Test
    @Tag("CRT-04")
    void theCouponOfACartIsUsedByItsOrderAndGivenBackByTheCancellation() {
        String code = code();
        String promotion = merchant.promotion(Map.of(
                "kind",
                "FREE_SHIPPING",
                "code",
                code,
                "customerLimit",
                1,
                "minimumSubtotal",
                Merchant.Money.euros("30.00")));
        Buyer buyer = Buyer.customer(installation.visitor());
        String product = merchant.product("20.00", 10);
        String cart = buyer.cart(product, 1);
        JsonNode refused = useCoupon(buyer, cart, code.toLowerCase(Locale.ROOT));
        assertThat(refused.at("/coupon/code").asString()).isEqualTo(code);
        assertThat(refused.at("/coupon/reason").asString()).isEqualTo("coupon-minimum-not-reached");
        buyer.shop()
                .postOnce("/api/v1/store/checkouts", buyer.checkoutOf(cart))
                .expectProblem(409, "coupon-minimum-not-reached", "/couponCodes/0");

        for (String unusable : List.of(" ", "A\u0000B", "ß".repeat(40))) {
            buyer.shop()
                    .put("/api/v1/store/carts/" + cart + "/coupon", Map.of("code", unusable))
                    .expectProblem(422, "invalid-request", "/code");
        }

        buyer.cart(product, 1);
        JsonNode taken = buyer.shop().get("/api/v1/store/carts/" + cart).expect(200);
        assertThat(taken.at("/coupon/freeShipping").asBoolean()).isTrue();
        assertThat(taken.at("/coupon/reason").isNull()
                        || taken.at("/coupon/reason").isMissingNode())
                .isTrue();
        String order = buyer.complete(buyer.checkout(cart), Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();

        JsonNode placed = buyer.shop().get("/api/v1/store/orders/" + order).expect(200);
        assertThat(placed.at("/total/amount").asString()).isEqualTo("40.00");
        assertThat(placed.at("/discount/amount").asString()).isEqualTo("4.90");
        assertThat(placed.at("/couponCode").asString()).isEqualTo(code);
        assertThat(uses(promotion)).isEqualTo(1);
        String second = buyer.cart(product, 2);
        assertThat(useCoupon(buyer, second, code).at("/coupon/reason").asString())
                .isEqualTo("coupon-customer-limit-reached");

        Patience.answer(() ->
                        buyer.shop().post("/api/v1/store/orders/" + order + "/cancellations", Map.of(), "k-" + order))
                .expect(201);

        assertThat(uses(promotion)).isZero();
        assertThat(buyer.shop()
                        .get("/api/v1/store/carts/" + second)
                        .expect(200)
                        .at("/coupon/freeShipping")
                        .asBoolean())
                .isTrue();
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }

    private static JsonNode useCoupon(Buyer buyer, String cart, String code) {
        return buyer.shop()
                .put("/api/v1/store/carts/" + cart + "/coupon", Map.of("code", code))
                .expect(200);
    }

    @Test
    void aCouponForFirstOrdersIsForCustomersWhoHaveNotOrderedBefore() {
        String code = code();
        Map<String, Object> draft = new LinkedHashMap<>(fiveOff(code));
        draft.put("firstOrderOnly", true);
        merchant.promotion(draft);
        String product = merchant.product("20.00", 10);
        Buyer guest = Buyer.guest(installation.visitor());
        open(guest, guest.cart(product, 1), code).expectProblem(409, "coupon-needs-account", "/couponCodes/0");

        Buyer buyer = Buyer.customer(installation.visitor());
        buyer.complete(buyer.checkout(buyer.cart(product, 1), code), Buyer.CARD).expect(201);

        open(buyer, buyer.cart(product, 1), code).expectProblem(409, "coupon-first-order-only", "/couponCodes/0");
    }

    @Test
    void aCouponForAGroupIsForWhoIsInItWhenTheOrderIsPlaced() {
        String code = code();
        String group = merchant.shop()
                .post("/api/v1/admin/customer-groups", Map.of("name", "Group " + code))
                .expect(201)
                .path("id")
                .asString();
        Map<String, Object> draft = new LinkedHashMap<>(fiveOff(code));
        draft.put("groupIds", List.of(group));
        String promotion = merchant.promotion(draft);
        String product = merchant.product("20.00", 10);
        Buyer guest = Buyer.guest(installation.visitor());
        open(guest, guest.cart(product, 1), code).expectProblem(409, "coupon-needs-account", "/couponCodes/0");
        Buyer buyer = Buyer.customer(installation.visitor());
        String cart = buyer.cart(product, 1);
        open(buyer, cart, code).expectProblem(409, "coupon-not-in-group", "/couponCodes/0");
        String customer = Patience.answer(
                        () -> buyer.shop().get("/api/v1/store/customers/me"), answer -> answer.status() != 404)
                .expect(200)
                .path("id")
                .asString();
        String member = "/api/v1/admin/customer-groups/" + group + "/members/" + customer;

        merchant.shop().put(member, Map.of()).expect(200);
        String checkout = buyer.checkout(cart, code);
        merchant.shop().send("DELETE", member, null, Map.of()).expect(204);
        buyer.complete(checkout, Buyer.CARD).expectProblem(409, "coupon-not-in-group", "/couponCodes/0");
        assertThat(uses(promotion)).isZero();

        merchant.shop().put(member, Map.of()).expect(200);
        buyer.complete(checkout, Buyer.CARD).expect(201);
        assertThat(uses(promotion)).isEqualTo(1);
    }

    private static HttpShop.Answer open(Buyer buyer, String cart, String code) {
        Map<String, Object> request = new LinkedHashMap<>(buyer.checkoutOf(cart));
        request.put("couponCodes", List.of(code));
        return buyer.shop().postOnce("/api/v1/store/checkouts", request);
    }

    @Test
    void aDeclinedCardGivesTheUseBackAndAnotherCardUsesIt() {
        String code = code();
        String promotion = merchant.promotion(fiveOff(code));
        String product = merchant.product("20.00", 10);
        Buyer buyer = Buyer.guest(installation.visitor());
        String checkout = buyer.checkout(buyer.cart(product, 3), code);

        buyer.complete(checkout, Buyer.card("tok_declined")).expectProblem(402, "payment-declined", "/payment/token");

        assertThat(uses(promotion)).isZero();
        String order =
                buyer.complete(checkout, Buyer.CARD).expect(201).path("orderId").asString();
        JsonNode placed = buyer.shop().get("/api/v1/store/orders/" + order).expect(200);
        assertThat(placed.at("/items/0/discount/amount").asString()).isEqualTo("5.00");
        assertThat(placed.at("/total/amount").asString()).isEqualTo("59.90");
        assertThat(uses(promotion)).isEqualTo(1);
    }
}
