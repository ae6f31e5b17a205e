package org.cartulary.cart;

import java.time.Duration;
import java.util.List;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.jobs.Batches;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.jobs.Jobs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** Wires the cart service. */
@Configuration(proxyBeanMethods = false)
public class CartConfiguration {

    private static final int DAYS_KEPT_AFTER_EXPIRY = 7;
    private static final int BATCH = 1_000;

    @Bean
    CartStorage cartStorage(Environment environment, Databases databases, JsonMapper json) {
        return CartStorage.at(
                environment.getProperty("cartulary.cart.store", CartStorage.POSTGRESQL), databases.open("cart"), json);
    }

    @Bean
    CartEndpoint cartEndpoint(CartStorage storage) {
        return new CartEndpoint(storage.stores());
    }

    @Bean
    CartRecordsEndpoint cartRecordsEndpoint(CartStorage storage) {
        return new CartRecordsEndpoint(storage.records());
    }

    @Bean
    FillingCart fillingCart(
            CartStorage storage,
            CatalogApi catalog,
            InventoryApi inventory,
            TenantApi tenants,
            PromotionApi promotions) {
        return new FillingCart(storage.carts(), new CartCoupons(promotions), catalog, inventory, tenants);
    }

    @Bean
    CartsController cartsController(FillingCart filling) {
        return new CartsController(filling);
    }

    @Bean
    SavedItemsController savedItemsController(
            CartStorage storage, FillingCart filling, CatalogApi catalog, InventoryApi inventory, TenantApi tenants) {
        return new SavedItemsController(new SavingForLater(storage.saved(), catalog, inventory, tenants), filling);
    }

    @Bean
    CartsAdminController cartsAdminController(CartStorage storage, Cursors cursors) {
        return new CartsAdminController(storage.carts(), cursors);
    }

    @Bean
    Jobs cartJobs(Databases databases, CartStorage storage) {
        List<Carts> stores = storage.stores();
        return new Jobs(
                databases.open("cart"),
                List.of(
                        new Job(
                                "abandon-carts",
                                Duration.ofMinutes(5),
                                () -> stores.reversed().forEach(carts -> Batches.work(BATCH, carts::abandonExpired))),
                        new Job(
                                "delete-carts",
                                Duration.ofHours(1),
                                () -> stores.reversed()
                                        .forEach(carts -> Batches.work(
                                                BATCH, most -> carts.deleteExpired(DAYS_KEPT_AFTER_EXPIRY, most)))),
                        new Job(
                                "delete-saved-lists",
                                Duration.ofHours(1),
                                () -> storage.savedStores()
                                        .reversed()
                                        .forEach(lists -> Batches.work(BATCH, lists::deleteExpired)))));
    }
}
