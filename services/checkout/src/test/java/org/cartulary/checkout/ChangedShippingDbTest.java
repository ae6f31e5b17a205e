package org.cartulary.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.platform.http.ProblemError;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A checkout of 28.99 that was opened with a parcel at 4.90, of which the shop thinks better. */
@Tag("CHK-02")
class ChangedShippingDbTest {

    private static TestDatabase database;
    private Shop shop;
    private UUID checkout;

    @BeforeAll
    static void create() {
        database = TestDatabase.create("checkout");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void openCheckout() {
        shop = new Shop(database);
        checkout = shop.open().id();
    }

    private ProblemException refused() {
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> shop.complete(checkout, "tok_ok", "k"));
        assertThat(shop.inventory.statuses).isEmpty();
        assertThat(shop.session(checkout).status()).isEqualTo(CheckoutStatus.OPEN);
        return problem;
    }

    private void choose(UUID method) {
        shop.buyer().run(() -> shop.checkouts.choosing().choose(checkout, method));
    }

    private ShippingOption standardAt(String price) {
        return new ShippingOption(shop.standard, "Standard", null, Shop.eur(price), 3);
    }

    @Test
    void aPriceThatHasChangedIsToldAndChosenAgain() {
        for (String price : List.of("9.90", "0.00")) {
            shop.offers = List.of(standardAt(price));

            ProblemException problem = refused();

            assertThat(problem.status().value()).isEqualTo(409);
            assertThat(problem.code()).isEqualTo("shipping-price-changed");
            assertThat(problem.errors())
                    .containsExactly(new ProblemError("/shipping", "shipping-price-changed", "now " + Shop.eur(price)));
            assertThat(problem.properties())
                    .containsEntry("shippingOptions", CheckoutView.Option.of(List.of(standardAt(price))));
        }

        choose(shop.standard);

        assertThat(shop.complete(checkout, "tok_ok", "k").total()).isEqualTo(Shop.eur("28.99"));
    }

    @Test
    void aMethodThatIsNotOfferedAnyMoreIsNotUsedAndAnotherOneIsChosen() {
        var courier = new ShippingOption(Ids.next(), "Courier", null, Shop.eur("7.00"), 2);
        shop.offers = List.of(courier);

        ProblemException problem = refused();

        assertThat(problem.status().value()).isEqualTo(409);
        assertThat(problem.code()).isEqualTo("shipping-method-unavailable");
        assertThat(problem.errors()).extracting(ProblemError::pointer).containsExactly("/shippingMethodId");
        assertThat(problem.properties()).containsEntry("shippingOptions", CheckoutView.Option.of(List.of(courier)));
        choose(courier.methodId());
        assertThat(shop.complete(checkout, "tok_ok", "k").total()).isEqualTo(Shop.eur("35.99"));
    }

    @Test
    void nothingIsSentWhereTheShopDoesNotSendAnyMore() {
        List<ShippingOption> offers = shop.offers;
        shop.offers = List.of();

        assertThat(refused().code()).isEqualTo("shipping-method-unavailable");

        shop.offers = offers;
        assertThat(shop.complete(checkout, "tok_ok", "k").total()).isEqualTo(Shop.eur("33.89"));
    }

    @Test
    void aPriceOfAnotherMethodHoldsNothingUp() {
        shop.offers =
                List.of(standardAt("4.90"), new ShippingOption(shop.express, "Express", "Fast", Shop.eur("19.90"), 1));

        assertThat(shop.complete(checkout, "tok_ok", "k").total()).isEqualTo(Shop.eur("33.89"));
    }
}
