package org.cartulary.cart;

import java.time.Duration;
import java.util.List;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.database.Databases;
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
    Carts carts(Databases databases, JsonMapper json) {
        return new PostgresCarts(databases.open("cart"), json);
    }

    @Bean
    CartEndpoint cartEndpoint(Carts carts) {
        return new CartEndpoint(carts);
    }

    @Bean
    CartRecordsEndpoint cartRecordsEndpoint(Databases databases) {
        return new CartRecordsEndpoint(List.of(new PostgresCartRecords(databases.open("cart"))));
    }

    @Bean
    CartsController cartsController(Carts carts, CatalogApi catalog, InventoryApi inventory, TenantApi tenants) {
        return new CartsController(new FillingCart(carts, catalog, inventory, tenants));
    }

    @Bean
    Jobs cartJobs(Databases databases, Carts carts) {
        return new Jobs(
                databases.open("cart"),
                List.of(
                        new Job("abandon-carts", Duration.ofMinutes(5), () -> carts.abandonExpired(BATCH)),
                        new Job(
                                "delete-carts",
                                Duration.ofHours(1),
                                () -> carts.deleteExpired(DAYS_KEPT_AFTER_EXPIRY, BATCH))));
    }
}
