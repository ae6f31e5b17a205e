package org.cartulary.checkout;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cartulary.contracts.cart.CartApi;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.contracts.cart.CartSnapshot;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.contracts.cart.FindCart;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.catalog.FindProducts;
import org.cartulary.contracts.customer.Customer;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.customer.CustomersOfEmail;
import org.cartulary.contracts.customer.FindCustomer;
import org.cartulary.contracts.customer.FindCustomerGroups;
import org.cartulary.contracts.customer.FindCustomersByEmail;
import org.cartulary.contracts.customer.GroupsOfCustomer;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.shipping.FindTaxRates;
import org.cartulary.contracts.shipping.QuoteShipping;
import org.cartulary.contracts.shipping.ShippingApi;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.contracts.shipping.TaxApi;
import org.cartulary.contracts.shipping.TaxRate;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.FindTenantByHost;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.contracts.tenant.TenantPlacement;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.SettableClock;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestSubjectKeys;
import org.jspecify.annotations.Nullable;

/** A new shop with the other services in memory: two products, one cart of a customer, two ways to send. */
final class Shop {

    static final UUID CATEGORY = Ids.next();
    static final Currency EUR = Currency.getInstance("EUR");
    static final Address ADDRESS =
            new Address("Ada", "Byron", null, "1 Example Street", null, "Paris", null, "75001", "FR", null);

    final UUID tenant = Contexts.newTenant();
    final UUID customer = Ids.next();
    final UUID cartId = Ids.next();
    final UUID tea = Ids.next();
    final UUID cup = Ids.next();
    final UUID standard = Ids.next();
    final UUID express = Ids.next();
    final Crash crash = new Crash();
    /** One for all shops, since a recovery runs what others have begun. */
    static final PersonalData PERSONAL_DATA = TestSubjectKeys.personalData();

    final FakeInventory inventory = new FakeInventory(crash);
    final FakeOrders orders = new FakeOrders(crash);
    final FakePayments payments = new FakePayments(crash);
    final FakePromotions promotions = new FakePromotions(crash);
    final Carts carts = new Carts();
    final Map<UUID, CatalogProduct> products = new HashMap<>();
    final List<QuoteShipping> quotes = new CopyOnWriteArrayList<>();
    volatile List<TaxRate> rates = List.of();
    volatile List<ShippingOption> offers = List.of(
            new ShippingOption(standard, "Standard", null, eur("4.90"), 3),
            new ShippingOption(express, "Express", "Fast", eur("9.90"), 1));
    volatile boolean pricesIncludeTax;
    final SettableClock clock = SettableClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    final Checkouts checkouts;
    private final TestDatabase database;

    Shop(TestDatabase database) {
        this.database = database;
        put(tea, "TEA", "12.50", true);
        put(cup, "CUP", "3.99", true);
        inventory.available.put(tea, 10);
        inventory.available.put(cup, 10);
        carts.cart = new CartSnapshot(
                cartId,
                customer,
                null,
                "ACTIVE",
                4,
                List.of(new CartLine(tea, 2, eur("12.50")), new CartLine(cup, 1, eur("3.99"))),
                null);
        checkouts = node();
    }

    /** Another process of the same installation, which has nothing at hand. */
    Checkouts node() {
        return Checkouts.over(
                database.database(),
                ApiJson.tolerant(),
                PERSONAL_DATA,
                database.meters(),
                clock,
                new Checkouts.Neighbours(
                        new Tenants(),
                        new Catalog(),
                        new Customers(),
                        carts,
                        new Shipping(),
                        new Taxes(),
                        inventory,
                        orders,
                        payments,
                        promotions));
    }

    static Money eur(String amount) {
        return Money.of(new BigDecimal(amount), EUR);
    }

    void put(UUID id, String sku, String price, boolean sellable) {
        put(id, sku, price, sellable, CatalogProduct.STANDARD_TAX);
    }

    void put(UUID id, String sku, String price, boolean sellable, String taxCategory) {
        products.put(
                id,
                new CatalogProduct(
                        id,
                        sku,
                        sku + " name",
                        sku,
                        eur(price),
                        sellable,
                        null,
                        null,
                        taxCategory,
                        null,
                        List.of(CATEGORY),
                        false,
                        false,
                        null));
    }

    RequestContext buyer() {
        return Contexts.customer(tenant, customer);
    }

    OpenCheckout ofCart() {
        return new OpenCheckout(cartId, null, null, null, ADDRESS, null, null, null, null, null);
    }

    OpenCheckout ofCart(String... couponCodes) {
        return new OpenCheckout(
                cartId, null, null, null, ADDRESS, null, null, null, null, java.util.Arrays.asList(couponCodes));
    }

    OpenCheckout ofLines(OpenCheckoutLine... lines) {
        return new OpenCheckout(null, List.of(lines), "guest@example.org", null, ADDRESS, null, null, null, null, null);
    }

    static CompleteCheckout paidWith(String token) {
        return new CompleteCheckout(new PaymentChoice("TEST", token));
    }

    /** Opens a checkout of the customer's cart. */
    CheckoutView open() {
        CheckoutView view = buyer().supply(() ->
                checkouts.opening().open(ofCart(), "open-" + Ids.next()).body());
        return java.util.Objects.requireNonNull(view);
    }

    PlacedOrder complete(UUID checkout, String token, String key) {
        return buyer().supply(() -> checkouts.placing().complete(checkout, paidWith(token), key));
    }

    CheckoutSession session(UUID checkout) {
        return buyer().supply(() -> checkouts.reading().find(checkout));
    }

    /** What another node does when the one that held the leases is dead. */
    void recoverOnAnotherNode() {
        Checkouts other = node();
        for (int round = 0; round < 5; round++) {
            database.admin().sql("""
                            UPDATE saga_instances
                            SET next_attempt_at = clock_timestamp() - interval '1 second',
                                lease_until = CASE WHEN lease_owner IS NOT NULL
                                                   THEN clock_timestamp() - interval '1 second' END
                            WHERE tenant_id = :tenantId AND status IN ('started', 'compensating')
                            """).param("tenantId", tenant).update();
            other.sagas().recoverDue(100);
        }
    }

    String sagaStatus(UUID checkout) {
        return database.admin()
                .sql(
                        "SELECT status FROM saga_instances WHERE tenant_id = :tenantId AND saga_data ->> 'checkoutId' = :id")
                .param("tenantId", tenant)
                .param("id", checkout.toString())
                .query(String.class)
                .single();
    }

    final class Catalog implements CatalogApi {
        @Override
        public List<CatalogProduct> find(FindProducts query) {
            return query.ids().stream()
                    .filter(products::containsKey)
                    .map(products::get)
                    .toList();
        }

        @Override
        public List<InvariantResult> checkInvariants() {
            return List.of();
        }
    }

    private TenantSettings settings() {
        TenantSettings defaults = TenantSettings.defaults("EUR");
        return new TenantSettings(
                defaults.currency(),
                defaults.language(),
                defaults.timeZone(),
                defaults.orders(),
                defaults.reservations(),
                defaults.cartDays(),
                defaults.checkoutMinutes(),
                pricesIncludeTax);
    }

    static final class Carts implements CartApi {
        volatile @Nullable CartSnapshot cart;
        volatile boolean broken;
        final Set<UUID> converted = new HashSet<>();
        final List<ConvertCart> conversions = new CopyOnWriteArrayList<>();

        @Override
        public @Nullable CartSnapshot find(FindCart query) {
            CartSnapshot known = cart;
            return known != null && known.id().equals(query.id()) ? known : null;
        }

        @Override
        public void convert(ConvertCart command) {
            if (broken) {
                throw new IllegalStateException("the carts are out of order");
            }
            converted.add(command.cartId());
            conversions.add(command);
        }

        @Override
        public List<InvariantResult> checkInvariants() {
            return List.of();
        }
    }

    final class Customers implements CustomerApi {
        @Override
        public GroupsOfCustomer groups(FindCustomerGroups query) {
            throw new UnsupportedOperationException("promotions ask for groups, checkouts do not");
        }

        @Override
        public CustomersOfEmail withEmail(FindCustomersByEmail query) {
            throw new UnsupportedOperationException("checkouts ask for customers by their ids");
        }

        @Override
        public @Nullable Customer find(FindCustomer query) {
            return query.id().equals(customer)
                    ? new Customer(customer, "C-1", "ada@example.org", "Ada", "Byron", true)
                    : null;
        }

        @Override
        public List<InvariantResult> checkInvariants() {
            return List.of();
        }
    }

    final class Shipping implements ShippingApi {
        @Override
        public List<ShippingOption> quote(QuoteShipping query) {
            quotes.add(query);
            return query.country().equals("FR") ? offers : List.of();
        }

        @Override
        public List<InvariantResult> checkInvariants() {
            return List.of();
        }
    }

    /** The rates that apply wherever goods are sent to. */
    final class Taxes implements TaxApi {
        @Override
        public List<TaxRate> find(FindTaxRates query) {
            return rates;
        }
    }

    final class Tenants implements TenantApi {
        @Override
        public @Nullable Tenant findByHost(FindTenantByHost query) {
            return null;
        }

        @Override
        public Tenant find(FindTenant query) {
            return new Tenant(query.id(), "shop", "Shop", true, List.of(), settings(), TenantPlacement.SHARED, 1);
        }

        @Override
        public Tenant ensure(CreateTenant command) {
            throw new UnsupportedOperationException("checkouts create no tenants");
        }
    }

    /** Moves the clock past the expiry of all checkouts. */
    void letExpire() {
        clock.advance(Duration.ofMinutes(61));
    }
}
