package org.cartulary.app;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.cartulary.admin.AdminConfiguration;
import org.cartulary.auth.AuthConfiguration;
import org.cartulary.cart.CartConfiguration;
import org.cartulary.catalog.CatalogConfiguration;
import org.cartulary.checkout.CheckoutConfiguration;
import org.cartulary.contracts.auth.AccountRecordsApi;
import org.cartulary.contracts.auth.AuthApi;
import org.cartulary.contracts.auth.PageSessionsApi;
import org.cartulary.contracts.cart.CartApi;
import org.cartulary.contracts.cart.CartRecordsApi;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.catalog.ListedStockApi;
import org.cartulary.contracts.catalog.ReviewRecordsApi;
import org.cartulary.contracts.catalog.VendorApi;
import org.cartulary.contracts.checkout.CheckoutApi;
import org.cartulary.contracts.checkout.CheckoutRecordsApi;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.inventory.ReservationRecordsApi;
import org.cartulary.contracts.inventory.StockPresencesApi;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.contracts.order.OrderEventsApi;
import org.cartulary.contracts.order.OrderRecordsApi;
import org.cartulary.contracts.order.PurchasesApi;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.contracts.payment.PaymentRecordsApi;
import org.cartulary.contracts.privacy.SubjectKeysApi;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.promotion.PromotionRecordsApi;
import org.cartulary.contracts.shipping.ShippingApi;
import org.cartulary.contracts.shipping.TaxApi;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.customer.CustomerConfiguration;
import org.cartulary.inventory.InventoryConfiguration;
import org.cartulary.operations.OperationsConfiguration;
import org.cartulary.order.OrderConfiguration;
import org.cartulary.payment.PaymentConfiguration;
import org.cartulary.privacy.PrivacyConfiguration;
import org.cartulary.promotion.PromotionConfiguration;
import org.cartulary.shipping.ShippingConfiguration;
import org.cartulary.storefront.StorefrontConfiguration;
import org.cartulary.tenant.TenantConfiguration;

/** All services, and the sites of pages: the configuration that builds each and the contracts under which the others know it. */
public enum ServiceName {
    PRIVACY(PrivacyConfiguration.class, true, SubjectKeysApi.class),
    TENANT(TenantConfiguration.class, true, TenantApi.class),
    AUTH(AuthConfiguration.class, true, AuthApi.class, AccountRecordsApi.class, PageSessionsApi.class),
    CUSTOMER(CustomerConfiguration.class, true, CustomerApi.class),
    CATALOG(
            CatalogConfiguration.class,
            true,
            CatalogApi.class,
            VendorApi.class,
            ListedStockApi.class,
            ReviewRecordsApi.class),
    INVENTORY(
            InventoryConfiguration.class,
            true,
            InventoryApi.class,
            ReservationRecordsApi.class,
            StockPresencesApi.class),
    CART(CartConfiguration.class, true, CartApi.class, CartRecordsApi.class),
    SHIPPING(ShippingConfiguration.class, true, ShippingApi.class, TaxApi.class),
    PROMOTION(PromotionConfiguration.class, true, PromotionApi.class, PromotionRecordsApi.class),
    PAYMENT(PaymentConfiguration.class, true, PaymentApi.class, PaymentRecordsApi.class),
    ORDER(
            OrderConfiguration.class,
            true,
            OrderApi.class,
            OrderEventsApi.class,
            OrderRecordsApi.class,
            PurchasesApi.class),
    CHECKOUT(CheckoutConfiguration.class, true, CheckoutApi.class, CheckoutRecordsApi.class),
    OPERATIONS(OperationsConfiguration.class, false),
    STOREFRONT(StorefrontConfiguration.class, false),
    ADMIN(AdminConfiguration.class, false);

    private final Class<?> configuration;
    private final boolean keepsRecords;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
    private final List<Class<?>> contracts;

    ServiceName(Class<?> configuration, boolean keepsRecords, Class<?>... contracts) {
        this.configuration = configuration;
        this.keepsRecords = keepsRecords;
        this.contracts = List.of(contracts);
    }

    /** The name on the command line and of the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the service has a database. */
    public boolean keepsRecords() {
        return keepsRecords;
    }

    /** Whether it answers browsers with pages, for which it asks the public API of all the others. */
    boolean isOfPages() {
        return this == STOREFRONT || this == ADMIN;
    }

    Class<?> configuration() {
        return configuration;
    }

    List<Class<?>> contracts() {
        return contracts;
    }

    /**
     * The services that a comma-separated list names; all of them for {@code all}.
     *
     * @throws IllegalArgumentException if a name is unknown; the message lists the known ones
     */
    public static Set<ServiceName> parse(String list) {
        if (list.isBlank() || list.strip().equals("all")) {
            return EnumSet.allOf(ServiceName.class);
        }
        Set<ServiceName> names = EnumSet.noneOf(ServiceName.class);
        for (String word : list.split(",", -1)) {
            names.add(ofWord(word.strip()));
        }
        return names;
    }

    private static ServiceName ofWord(String word) {
        return Arrays.stream(values())
                .filter(service -> service.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no service \"" + word + "\"; the services are "
                                + Arrays.stream(values()).map(ServiceName::word).collect(Collectors.joining(", "))));
    }
}
