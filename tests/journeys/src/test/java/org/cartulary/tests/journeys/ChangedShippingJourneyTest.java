package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Goods for 20.00, sent for 4.90 when the checkout is opened, by a shop that changes its mind meanwhile. */
@Tag("CHK-02")
@ExtendWith(SharedInstallation.class)
final class ChangedShippingJourneyTest {

    private final Installation shop;
    private final Buyer buyer;
    private final String checkout;

    ChangedShippingJourneyTest(Installation installation) {
        this.shop = installation.withShopOfItsOwn();
        shop.merchant().sendEverywhere();
        this.buyer = Buyer.guest(shop.visitor());
        this.checkout = buyer.checkout(buyer.cart(shop.merchant().product("20.00", 5), 1));
    }

    private void send(List<String> countries, Map<String, Object> method) {
        shop.merchant()
                .shop()
                .put(
                        "/api/v1/admin/shipping-zones/everywhere",
                        Map.of("countries", countries, "states", List.of(), "methods", List.of(method)))
                .expect(200);
    }

    private static Map<String, Object> method(String name, String price) {
        return Map.of("name", name, "price", Merchant.Money.euros(price), "estimatedDays", 4);
    }

    private HttpShop.Answer completed() {
        return buyer.complete(checkout, Buyer.CARD);
    }

    private String totalOnceChosenAgain(HttpShop.Answer refused) {
        String offered = refused.body().at("/shippingOptions/0/id").asString();
        buyer.shop()
                .put("/api/v1/store/checkouts/" + checkout + "/shipping-method", Map.of("shippingMethodId", offered))
                .expect(200);
        return completed().expect(201).at("/total/amount").asString();
    }

    @Test
    void anotherPriceIsToldAndChosenAgain() {
        send(List.of("*"), method("Standard", "9.90"));

        HttpShop.Answer refused = completed();

        refused.expectProblem(409, "shipping-price-changed", "/shipping");
        assertThat(totalOnceChosenAgain(refused)).isEqualTo("29.90");
    }

    @Test
    void aValueFromWhichItCostsNothingCountsToo() {
        send(
                List.of("*"),
                Map.of(
                        "name",
                        "Standard",
                        "price",
                        Merchant.Money.euros("4.90"),
                        "freeAbove",
                        Merchant.Money.euros("20.00"),
                        "estimatedDays",
                        4));

        HttpShop.Answer refused = completed();

        refused.expectProblem(409, "shipping-price-changed", "/shipping");
        assertThat(totalOnceChosenAgain(refused)).isEqualTo("20.00");
    }

    @Test
    void aMethodThatWasReplacedIsNotUsed() {
        send(List.of("*"), method("Courier", "4.90"));

        HttpShop.Answer refused = completed();

        refused.expectProblem(409, "shipping-method-unavailable", "/shippingMethodId");
        assertThat(totalOnceChosenAgain(refused)).isEqualTo("24.90");
    }

    @Test
    void aCountryThatIsNotServedAnyMoreIsNotSentTo() {
        send(List.of("NZ"), method("Standard", "4.90"));

        JsonNode refused = completed().expectProblem(409, "shipping-method-unavailable", "/shippingMethodId");

        assertThat(refused.path("shippingOptions")).isEmpty();
        send(List.of("*"), method("Standard", "4.90"));
        assertThat(completed().expect(201).at("/total/amount").asString()).isEqualTo("24.90");
    }
}
