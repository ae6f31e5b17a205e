package org.cartulary.cart;

import java.time.Duration;
import java.util.List;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.jobs.Jobs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the cart service. */
@Configuration(proxyBeanMethods = false)
public class CartConfiguration {

    private static final int DAYS_KEPT_AFTER_EXPIRY = 7;
    private static final int BATCH = 1_000;

    @Bean
    CartEndpoint cartEndpoint(Databases databases) {
        Database database = databases.open("cart");
        return new CartEndpoint(new CartStore(database), new OrderedCartStore(database), new CartInvariants(database));
    }

    @Bean
    CartRecordsEndpoint cartRecordsEndpoint(Databases databases) {
        return new CartRecordsEndpoint(databases.open("cart"));
    }

    @Bean
    CartsController cartsController(
            Databases databases,
            JsonMapper json,
            CatalogApi catalog,
            InventoryApi inventory,
            TenantApi tenants,
            PromotionApi promotions) {
        Database database = databases.open("cart");
        return new CartsController(new FillingCart(
                new CartStore(database),
                new ActiveCartStore(database),
                new MergedCartStore(database),
                new CouponStore(database),
                new CartCoupons(promotions),
                new Idempotency(Coalescing.of(database).shared("fill-cart"), json),
                catalog,
                inventory,
                tenants));
    }

    @Bean
    Jobs cartJobs(Databases databases) {
        Database database = databases.open("cart");
        CartStore carts = new CartStore(database);
        return new Jobs(
                database,
                List.of(
                        new Job("abandon-carts", Duration.ofMinutes(5), () -> carts.abandonExpired(BATCH)),
                        new Job(
                                "delete-carts",
                                Duration.ofHours(1),
                                () -> carts.deleteExpired(DAYS_KEPT_AFTER_EXPIRY, BATCH))));
    }
}
