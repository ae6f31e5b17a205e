package org.cartulary.shipping;

import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.http.Cursors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the shipping service. */
@Configuration(proxyBeanMethods = false)
public class ShippingConfiguration {

    @Bean
    TenantVersions shippingVersions(Databases databases) {
        return new TenantVersions(databases.open("shipping"), "shipping_versions");
    }

    @Bean
    ShippingEndpoint shippingEndpoint(Databases databases, @Qualifier("shippingVersions") TenantVersions versions) {
        var database = databases.open("shipping");
        return new ShippingEndpoint(new Quoting(versions, new QuoteStore(database)), new ShippingInvariants(database));
    }

    @Bean
    TaxEndpoint taxEndpoint(Databases databases, @Qualifier("shippingVersions") TenantVersions versions) {
        return new TaxEndpoint(new Taxing(versions, new TaxRateStore(databases.open("shipping"))));
    }

    @Bean
    TaxRatesController taxRatesController(Databases databases, Cursors cursors) {
        return new TaxRatesController(new TaxRateStore(databases.open("shipping")), cursors);
    }

    @Bean
    ShippingZonesController shippingZonesController(
            Databases databases, JsonMapper json, TenantApi tenants, Cursors cursors) {
        return new ShippingZonesController(new ZoneStore(databases.open("shipping"), json), tenants, cursors);
    }
}
