package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.cart.CartsController.CartRequest;
import org.cartulary.cart.CartsController.CouponRequest;
import org.cartulary.cart.CartsController.ItemRequest;
import org.cartulary.cart.StoreUnderTest.Kind;
import org.cartulary.contracts.cart.CartSnapshot;
import org.cartulary.contracts.cart.FindCart;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The coupon of a cart, from the controller down. */
@Tag("CRT-04")
@ParameterizedClass
@EnumSource(Kind.class)
class CartCouponTest {

    private static TestDatabase test;

    private final FixedCatalog catalog = new FixedCatalog();
    private final FixedPromotions promotions = new FixedPromotions();
    private final CartsController carts;
    private final CartEndpoint endpoint;
    private final UUID tenant = Contexts.newTenant();
    private final UUID buyer = Ids.next();
    private final RequestContext customer = Contexts.customer(tenant, buyer);

    CartCouponTest(Kind kind) {
        Carts store = kind.open(test).carts();
        carts = new CartsController(new FillingCart(
                store, new CartCoupons(promotions), catalog, new FixedStock(10), new FixedTenants("GBP")));
        endpoint = new CartEndpoint(List.of(store));
    }

    @BeforeAll
    static void createDatabase() {
        test = TestDatabase.create("cart");
    }

    @AfterAll
    static void dropDatabase() {
        test.close();
    }

    private CartView filled(UUID... products) {
        List<ItemRequest> items = List.of(products).stream()
                .map(product -> new ItemRequest(product, 2))
                .toList();
        return Objects.requireNonNull(customer.supply(() -> carts.create(null, new CartRequest(items)))
                .getBody());
    }

    private CartView used(UUID cart, String code) {
        return Objects.requireNonNull(customer.supply(() -> carts.useCoupon(cart, new CouponRequest(code)))
                .getBody());
    }

    private static Money pounds(String amount) {
        return Money.parse(amount, "GBP");
    }

    @Test
    void aCouponIsKeptAndTheCartSaysWhatItTakesOff() {
        CartView cart = filled(catalog.sells("2.50"), catalog.sells("7.00"));
        assertThat(cart.coupon()).isNull();
        assertThat(promotions.asked).isEmpty();

        CartView view = used(cart.id(), " pound ");

        assertThat(view.coupon()).isEqualTo(new CartView.Coupon("POUND", pounds("2.00"), false, null));
        assertThat(view.version()).isGreaterThan(cart.version());
        assertThat(promotions.asked.getLast().customerId()).isEqualTo(buyer);
        assertThat(promotions.asked.getLast().lines())
                .allSatisfy(line -> assertThat(line.categoryIds()).containsExactly(FixedCatalog.CATEGORY));
        CartSnapshot snapshot = Contexts.system(tenant).supply(() -> endpoint.find(new FindCart(cart.id())));
        assertThat(snapshot).isNotNull().extracting(CartSnapshot::couponCode).isEqualTo("POUND");
        assertThat(filled(catalog.sells("1.00")).coupon())
                .as("what is filled later shows it as well")
                .isEqualTo(new CartView.Coupon("POUND", pounds("3.00"), false, null));
    }

    @Test
    void aCouponThatTakesNothingOffIsKeptAndTheCartSaysWhy() {
        CartView cart = filled(catalog.sells("2.50"));

        assertThat(used(cart.id(), "OTHER").coupon())
                .isEqualTo(new CartView.Coupon("OTHER", pounds("0.00"), false, "coupon-unknown"));
    }

    @Test
    void productsThatAreNotForSaleDoNotCount() {
        UUID product = catalog.sells("2.50");
        CartView cart = filled(product);
        catalog.put(product, "2.50", false);

        assertThat(used(cart.id(), "POUND").coupon())
                .isEqualTo(new CartView.Coupon("POUND", pounds("0.00"), false, "coupon-not-applicable"));
    }

    @Test
    void aCodeIsOneThatAPromotionCanHave() {
        assertThat(List.of("", " ", "\u0000", "A\u0000B", "ß".repeat(40), "-A", "A B", "A".repeat(41)))
                .noneMatch(code -> code.matches(CouponRequest.CODE));
        assertThat(List.of("SUMMER-10", " summer_10 ", "A".repeat(40)))
                .allMatch(code -> code.matches(CouponRequest.CODE))
                .allMatch(code -> CartCoupons.canonical(code).length() <= 40);
    }

    @Test
    void aCouponIsTakenOutAgain() {
        CartView cart = filled(catalog.sells("2.50"));
        used(cart.id(), "POUND");

        CartView without = Objects.requireNonNull(
                customer.supply(() -> carts.removeCoupon(cart.id())).getBody());

        assertThat(without.coupon()).isNull();
        assertThat(customer.supply(() -> carts.removeCoupon(cart.id())).getBody())
                .isNotNull()
                .extracting(CartView::coupon)
                .isNull();
    }

    @Test
    void aCartOfSomebodyElseIsNone() {
        CartView cart = filled(catalog.sells("2.50"));
        RequestContext other = Contexts.customer(tenant, Ids.next());

        ProblemException refusal = catchThrowableOfType(
                ProblemException.class, () -> other.run(() -> carts.useCoupon(cart.id(), new CouponRequest("POUND"))));

        assertThat(refusal.code()).isEqualTo("cart-not-found");
        assertThat(Contexts.system(tenant).supply(() -> endpoint.find(new FindCart(cart.id()))))
                .isNotNull()
                .extracting(CartSnapshot::couponCode)
                .isNull();
    }
}
