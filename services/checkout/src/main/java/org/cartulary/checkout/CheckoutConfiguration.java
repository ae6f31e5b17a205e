package org.cartulary.checkout;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.cartulary.contracts.cart.CartApi;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.shipping.ShippingApi;
import org.cartulary.contracts.shipping.TaxApi;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.jobs.Jobs;
import org.cartulary.platform.privacy.PersonalData;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the service {@code checkout}. */
@Configuration(proxyBeanMethods = false)
public class CheckoutConfiguration {

    private static final String SERVICE = "checkout";

    @Bean
    Checkouts checkouts(
            Databases databases,
            JsonMapper json,
            PersonalData personalData,
            MeterRegistry meters,
            Clock clock,
            TenantApi tenants,
            CatalogApi catalog,
            CustomerApi customers,
            CartApi carts,
            ShippingApi shipping,
            TaxApi taxes,
            InventoryApi inventory,
            OrderApi orders,
            PaymentApi payments,
            PromotionApi promotions) {
        Database database = databases.open(SERVICE);
        return Checkouts.over(
                database,
                json,
                personalData,
                meters,
                clock,
                new Checkouts.Neighbours(
                        tenants, catalog, customers, carts, shipping, taxes, inventory, orders, payments, promotions));
    }

    @Bean
    CheckoutEndpoint checkoutEndpoint(Checkouts checkouts) {
        return new CheckoutEndpoint(checkouts.records());
    }

    @Bean
    CheckoutRecordsEndpoint checkoutRecordsEndpoint(Databases databases, PersonalData personalData, JsonMapper json) {
        return new CheckoutRecordsEndpoint(
                databases.open(SERVICE), new CheckoutStore(json), new SealingCheckouts(personalData, json), json);
    }

    @Bean
    CheckoutsController checkoutsController(Checkouts checkouts) {
        return new CheckoutsController(
                checkouts.opening(), checkouts.reading(), checkouts.choosing(), checkouts.placing());
    }

    @Bean
    Jobs checkoutJobs(Databases databases, Checkouts checkouts) {
        return new Jobs(databases.open(SERVICE), checkouts.jobs());
    }
}
