package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.cart.CartsController.CartRequest;
import org.cartulary.cart.CartsController.ItemRequest;
import org.cartulary.cart.SavedItemsController.SavedMergeRequest;
import org.cartulary.cart.StoreUnderTest.Kind;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.GuestTokens;
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
import org.springframework.http.ResponseEntity;

/** What is saved for later, from the controller down, with a catalogue and a stock that the test knows. */
@ParameterizedClass
@EnumSource(Kind.class)
@Tag("CRT-03")
class SavingForLaterTest {

    private static final int IN_STOCK = 10;

    private static TestDatabase test;

    private final FixedCatalog catalog = new FixedCatalog();
    private final CartsController carts;
    private final SavedItemsController saved;
    private final UUID tenant = Contexts.newTenant();
    private final RequestContext customer = Contexts.customer(tenant, Ids.next());

    SavingForLaterTest(Kind kind) {
        StoreUnderTest store = kind.open(test);
        FixedStock stock = new FixedStock(IN_STOCK);
        FixedTenants tenants = new FixedTenants("GBP");
        FillingCart filling =
                new FillingCart(store.carts(), new CartCoupons(new FixedPromotions()), catalog, stock, tenants);
        carts = new CartsController(filling);
        saved = new SavedItemsController(new SavingForLater(store.saved(), catalog, stock, tenants), filling);
    }

    @BeforeAll
    static void createDatabase() {
        test = TestDatabase.create("cart");
    }

    @AfterAll
    static void dropDatabase() {
        test.close();
    }

    private static CartView shown(ResponseEntity<CartView> answer) {
        return Objects.requireNonNull(answer.getBody());
    }

    private CartView cart(RequestContext who, UUID product, int quantity) {
        return shown(who.supply(
                () -> carts.create(null, new CartRequest(List.of(new ItemRequest(product, quantity))))));
    }

    private static String refused(RequestContext who, Runnable work) {
        return catchThrowableOfType(ProblemException.class, () -> who.run(work)).code();
    }

    @Test
    void whatIsSavedShowsNamePriceThenAndNowAndStockAndCountsInNoTotal() {
        UUID mug = catalog.sells("2.50");
        UUID jug = catalog.sells("7.00");
        UUID cart = cart(customer, mug, 11).id();
        cart(customer, jug, 1);

        ResponseEntity<CartView> answer = customer.supply(() -> saved.save(cart, mug, "\"2\""));
        catalog.put(mug, "3.00", true);

        assertThat(answer.getHeaders().getETag()).isEqualTo("\"3\"");
        assertThat(shown(answer).subtotal()).isEqualTo(Money.parse("7.00", "GBP"));
        assertThat(shown(answer).itemCount()).isEqualTo(1);
        SavedItemsView.Item item = customer.supply(saved::get).items().getFirst();
        assertThat(item)
                .usingRecursiveComparison()
                .ignoringFields("savedAt")
                .isEqualTo(new SavedItemsView.Item(
                        mug,
                        "SKU",
                        "Mug",
                        "https://shop/mug.png",
                        11,
                        Money.parse("3.00", "GBP"),
                        true,
                        true,
                        false,
                        IN_STOCK,
                        Money.parse("2.50", "GBP"),
                        null,
                        item.savedAt()));

        CartView back = shown(customer.supply(() -> saved.restore(cart, mug, "\"3\"")));
        assertThat(back.subtotal()).isEqualTo(Money.parse("40.00", "GBP"));
        assertThat(customer.supply(saved::get).items()).isEmpty();
    }

    @Test
    void whatTheShopHasDeletedSaysSoAndCannotBeTakenBack() {
        UUID mug = catalog.sells("2.50");
        UUID cart = cart(customer, mug, 1).id();
        customer.run(() -> saved.save(cart, mug, null));
        catalog.delete(mug);

        SavedItemsView view = customer.supply(saved::get);

        assertThat(view.items()).isEmpty();
        assertThat(view.removed()).containsExactly(new CartView.Removed(mug, "SKU", "Mug", 1, "deleted"));
        assertThat(refused(customer, () -> saved.restore(cart, mug, null))).isEqualTo("unknown-product");
        assertThat(customer.supply(() -> saved.remove(mug)).removed()).isEmpty();
    }

    @Test
    void whatIsNotThereOrSomebodyElsesIsRefusedByName() {
        UUID mug = catalog.sells("2.50");
        UUID jug = catalog.sells("7.00");
        UUID cart = cart(customer, mug, 1).id();
        RequestContext stranger = Contexts.customer(tenant, Ids.next());
        RequestContext visitor = Contexts.visitor(tenant);

        assertThat(refused(customer, () -> saved.save(cart, jug, null))).isEqualTo("line-not-found");
        assertThat(refused(customer, () -> saved.restore(cart, jug, null))).isEqualTo("saved-item-not-found");
        assertThat(refused(stranger, () -> saved.save(cart, mug, null))).isEqualTo("cart-not-found");
        assertThat(refused(visitor, () -> saved.save(cart, mug, null))).isEqualTo("cart-not-found");
        customer.run(() -> saved.save(cart, mug, null));
        assertThat(stranger.supply(saved::get).items()).isEmpty();
        assertThat(visitor.supply(saved::get).items()).isEmpty();
    }

    @Test
    void whoHadNoCartAsAGuestAnyMoreTakesOverWhatWasSaved() {
        String token = GuestTokens.next();
        RequestContext guest = Contexts.guest(tenant, GuestTokens.idOf(token));
        UUID mug = catalog.sells("2.50");
        UUID cart = cart(guest, mug, 1).id();
        guest.run(() -> saved.save(cart, mug, null));

        assertThat(customer.supply(() -> saved.merge(new SavedMergeRequest(token)))
                        .items())
                .hasSize(1);
        assertThat(customer.supply(() -> saved.merge(new SavedMergeRequest(token)))
                        .items())
                .hasSize(1);
        assertThat(guest.supply(saved::get).items()).isEmpty();
        assertThat(refused(guest, () -> saved.merge(new SavedMergeRequest(token))))
                .isEqualTo("cart-not-found");
        assertThat(new SavedMergeRequest(token).toString()).doesNotContain(token);
    }
}
