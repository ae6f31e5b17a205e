package org.cartulary.catalog;

import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.idempotency.Idempotency;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the catalog service. */
@Configuration(proxyBeanMethods = false)
public class CatalogConfiguration {

    @Bean
    CatalogEndpoint catalogEndpoint(Databases databases, JsonMapper json) {
        Database database = databases.open("catalog");
        return new CatalogEndpoint(new ProductStore(database, json), new CatalogInvariants(database));
    }

    @Bean
    StoreProductsController storeProductsController(Databases databases, JsonMapper json, Cursors cursors) {
        Database database = databases.open("catalog");
        return new StoreProductsController(new ListingStore(database), new ProductStore(database, json), cursors);
    }

    @Bean
    AdminProductsController adminProductsController(
            Databases databases, JsonMapper json, TenantApi tenants, Cursors cursors) {
        Database database = databases.open("catalog");
        ProductStore products = new ProductStore(database, json);
        return new AdminProductsController(
                new WritingProducts(products, new Idempotency(database, json), tenants), products, cursors);
    }

    @Bean
    CategoriesController categoriesController(Databases databases, Cursors cursors) {
        return new CategoriesController(new CategoryStore(databases.open("catalog")), cursors);
    }

    @Bean
    MakersController makersController(Databases databases, Cursors cursors) {
        return new MakersController(new MakerStore(databases.open("catalog")), cursors);
    }
}
