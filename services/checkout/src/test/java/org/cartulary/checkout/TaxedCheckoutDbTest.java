package org.cartulary.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.Adjustment;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.contracts.shipping.QuoteShipping;
import org.cartulary.contracts.shipping.TaxRate;
import org.cartulary.platform.http.ProblemError;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two teapots at 12.50, taxed at 20 %, and a cup at 3.99, taxed at 5.5 %; the parcel is taxed as the teapots are. */
@Tag("CHK-01")
class TaxedCheckoutDbTest {

    private static final TaxRate STANDARD = new TaxRate(new UUID(1, 1), "standard", "TVA 20 %", new BigDecimal("20"));
    private static final TaxRate REDUCED = new TaxRate(new UUID(1, 2), "reduced", "TVA 5,5 %", new BigDecimal("5.5"));

    private static TestDatabase database;
    private Shop shop;

    @BeforeAll
    static void create() {
        database = TestDatabase.create("checkout");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void openShop() {
        shop = new Shop(database);
        shop.put(shop.cup, "CUP", "3.99", true, "reduced");
        shop.rates = List.of(REDUCED, STANDARD);
    }

    private ProblemException refused(UUID checkout) {
        return catchThrowableOfType(ProblemException.class, () -> shop.complete(checkout, "tok_ok", "k"));
    }

    @Test
    void taxComesOnTopOfThePricesAndIsExplained() {
        CheckoutView view = shop.open();

        assertThat(view.tax()).isEqualTo(Shop.eur("6.20"));
        assertThat(view.includedTax()).isEqualTo(Shop.eur("0.00"));
        assertThat(view.total()).isEqualTo(Shop.eur("40.09"));
        assertThat(view.adjustments())
                .extracting(Adjustment::label, Adjustment::amount)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Standard", Shop.eur("4.90")),
                        org.assertj.core.groups.Tuple.tuple("TVA 5,5 %", Shop.eur("0.22")),
                        org.assertj.core.groups.Tuple.tuple("TVA 20 %", Shop.eur("5.98")));
        assertThat(view.adjustments().getLast().lines()).containsExactly(Shop.eur("5.00"), Shop.eur("0.00"));
        assertThat(CheckoutView.of(shop.session(view.id()))).isEqualTo(view);
    }

    @Test
    void aShopWhosePricesContainTheTaxSaysHowMuchItIs() {
        shop.pricesIncludeTax = true;

        CheckoutView view = shop.open();

        assertThat(view.tax()).isEqualTo(Shop.eur("0.00"));
        assertThat(view.includedTax()).isEqualTo(Shop.eur("5.19"));
        assertThat(view.total()).isEqualTo(Shop.eur("33.89"));
        assertThat(view.adjustments()).extracting(Adjustment::included).containsExactly(false, true, true);
    }

    @Test
    void anotherWayToSendIsTaxedToo() {
        UUID id = shop.open().id();

        CheckoutSession chosen =
                shop.buyer().supply(() -> shop.checkouts.choosing().choose(id, shop.express));

        assertThat(chosen.totals().shipping()).isEqualTo(Shop.eur("9.90"));
        assertThat(chosen.totals().tax()).isEqualTo(Shop.eur("7.20"));
        assertThat(chosen.totals().total()).isEqualTo(Shop.eur("46.09"));
        assertThat(chosen.totals().adjustments().getFirst().label()).isEqualTo("Express");
        assertThat(shop.session(id).totals()).isEqualTo(chosen.totals());
        assertThat(broken(shop)).isEmpty();
    }

    @Test
    void theOrderIsTaxedAsTheCheckoutSaidLineByLine() {
        CheckoutView view = shop.open();

        PlacedOrder placed = shop.complete(view.id(), "tok_ok", "k");

        CreateOrder order = shop.orders.created.get(placed.orderId());
        assertThat(order.total()).isEqualTo(view.total());
        assertThat(order.tax()).isEqualTo(Shop.eur("6.20"));
        assertThat(order.adjustments()).isEqualTo(view.adjustments());
        assertThat(order.lines()).extracting(OrderLine::tax).containsExactly(Shop.eur("5.00"), Shop.eur("0.22"));
        assertThat(order.lines()).extracting(OrderLine::includedTax).containsOnly(Shop.eur("0.00"));
    }

    @Test
    void aChangedTaxIsFoundBeforeAnythingIsReserved() {
        UUID checkout = shop.open().id();

        shop.rates = List.of(REDUCED, new TaxRate(STANDARD.id(), "standard", STANDARD.name(), new BigDecimal("21")));
        ProblemException dearer = refused(checkout);
        assertThat(dearer.code()).isEqualTo("price-changed");
        assertThat(dearer.errors()).extracting(ProblemError::pointer).containsExactly("/tax");

        shop.rates = List.of(REDUCED, STANDARD);
        shop.put(shop.cup, "CUP", "3.99", true);
        assertThat(refused(checkout).code()).isEqualTo("price-changed");

        shop.put(shop.cup, "CUP", "3.99", true, "reduced");
        shop.pricesIncludeTax = true;
        assertThat(refused(checkout).code()).isEqualTo("price-changed");

        shop.pricesIncludeTax = false;
        assertThat(shop.inventory.statuses).isEmpty();
        assertThat(shop.complete(checkout, "tok_ok", "k").total()).isEqualTo(Shop.eur("40.09"));
    }

    @Test
    void aWayToSendIsAskedForWithTheWorthAndTheWeightOfTheGoods() {
        shop.open();

        QuoteShipping asked = shop.quotes.getLast();
        assertThat(asked.subtotal()).isEqualTo(Shop.eur("28.99"));
        assertThat(asked.weightKg()).isEqualByComparingTo("0");
        CheckoutLine pot = new CheckoutLine(
                shop.tea,
                "TEA",
                "tea",
                null,
                3,
                BigDecimal.TEN,
                false,
                null,
                "standard",
                new BigDecimal("1.25"),
                List.of());
        CheckoutLine unknown = new CheckoutLine(
                shop.cup, "CUP", "cup", null, 2, BigDecimal.ONE, false, null, "standard", null, List.of());
        assertThat(new CostingCheckouts.Goods(List.of(pot, unknown), List.of(), Shop.ADDRESS, null, Shop.EUR)
                        .weightKg())
                .isEqualByComparingTo("3.75");
    }

    @Test
    @Tag("PLT-27")
    void totalsThatAreNotExplainedAreFound() {
        try (TestDatabase own = TestDatabase.create("checkout")) {
            Shop other = new Shop(own);
            other.rates = List.of(STANDARD);
            other.open();
            assertThat(broken(other)).isEmpty();
            own.admin().sql("UPDATE checkout_sessions SET adjustments = '[]'").update();
            assertThat(broken(other)).containsExactly("checkout-totals-are-explained");
        }
    }

    private static List<String> broken(Shop shop) {
        return shop.checkouts.records().check().stream()
                .filter(result -> !result.holds())
                .map(InvariantResult::name)
                .toList();
    }
}
