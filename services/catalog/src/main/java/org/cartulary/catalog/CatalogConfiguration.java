package org.cartulary.catalog;

import jakarta.validation.Validator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.cartulary.contracts.auth.AuthApi;
import org.cartulary.contracts.catalog.VendorApi;
import org.cartulary.contracts.inventory.StockPresencesApi;
import org.cartulary.contracts.order.PurchasesApi;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.files.FileStore;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.LargeBody;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.jobs.Jobs;
import org.cartulary.platform.privacy.PersonalData;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the catalog service. */
@Configuration(proxyBeanMethods = false)
public class CatalogConfiguration {

    private static final String IMPORTS = "product-imports";

    @Bean
    TenantVersions catalogVersions(Databases databases) {
        return new TenantVersions(databases.open("catalog"), "catalog_versions");
    }

    @Bean
    CachedCatalog cachedCatalog(
            Databases databases, @Qualifier("catalogVersions") TenantVersions versions, JsonMapper json, Clock clock) {
        Database database = databases.open("catalog");
        PriceTimes times = new PriceTimes(versions, new PriceStore(database), clock);
        return new CachedCatalog(versions, new SoldStore(database, json), times, json);
    }

    @Bean
    CatalogEndpoint catalogEndpoint(Databases databases, CachedCatalog cached, FileStore files) {
        Database database = databases.open("catalog");
        return new CatalogEndpoint(cached, new CatalogInvariants(database), new PictureInvariants(database, files));
    }

    @Bean
    ListedStockEndpoint listedStockEndpoint(Databases databases) {
        return new ListedStockEndpoint(new SoldStockStore(databases.open("catalog")));
    }

    @Bean
    StockTurnedHandler stockTurnedHandler(Databases databases) {
        return new StockTurnedHandler(databases.open("catalog"));
    }

    @Bean
    Jobs catalogJobs(
            Databases databases, StockPresencesApi inventory, TenantApi tenants, Validator validator, FileStore files) {
        Database database = databases.open("catalog");
        CheckingLines checking = new CheckingLines(ApiJson.strict(), validator);
        return new Jobs(
                database,
                List.of(
                        Job.onEveryNode(
                                IMPORTS,
                                Duration.ofSeconds(10),
                                new ImportingProducts(database, checking, tenants, ImportingProducts.Pace.USUAL)),
                        new Job(
                                "copy-stock",
                                Duration.ofMinutes(10),
                                new CopyingStock(inventory, new SoldStockStore(database))),
                        new Job(
                                "index-languages",
                                Duration.ofMinutes(1),
                                new FollowingLanguages(new SearchLanguageStore(database), tenants)),
                        new Job("sweep-pictures", Duration.ofHours(1), new SweepPicturesJob(database, files)::sweep)));
    }

    @Bean
    StoreProductsController storeProductsController(
            Databases databases, CachedCatalog cached, JsonMapper json, Cursors cursors) {
        Database database = databases.open("catalog");
        return new StoreProductsController(
                cached, new ListingStore(database), new ProductStore(database, json), cursors);
    }

    @Bean
    SearchController searchController(Databases databases, CachedCatalog cached) {
        Database database = databases.open("catalog");
        return new SearchController(
                cached, new ListingStore(database), new FacetStore(database), new SuggestionStore(database));
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
    AdminVariantsController adminVariantsController(Databases databases, JsonMapper json) {
        Database database = databases.open("catalog");
        ProductStore products = new ProductStore(database, json);
        return new AdminVariantsController(new SettingVariants(products, new VariantStore(database, json)), products);
    }

    @Bean
    AdminPricesController adminPricesController(Databases databases, JsonMapper json, Cursors cursors) {
        Database database = databases.open("catalog");
        PriceStore prices = new PriceStore(database);
        return new AdminPricesController(new SettingPrices(new ProductStore(database, json), prices), prices, cursors);
    }

    @Bean
    ProductExportController productExportController(Databases databases) {
        return new ProductExportController(new ExportingProducts(
                new ExportStore(databases.open("catalog")), CheckingLines.exactly(ApiJson.tolerant())));
    }

    @Bean
    LargeBody productImportBody() {
        return new LargeBody("POST", ProductImportsController.PATH, ReceivingImports.MAX_BYTES);
    }

    @Bean
    ProductImportsController productImportsController(
            Databases databases, @Qualifier("catalogJobs") Jobs jobs, Cursors cursors) {
        ImportStore imports = new ImportStore(databases.open("catalog"));
        return new ProductImportsController(
                new ReceivingImports(imports, () -> jobs.runNow(IMPORTS)), imports, cursors);
    }

    @Bean
    VendorEndpoint vendorEndpoint(Databases databases, AuthApi identities) {
        return new VendorEndpoint(new Vendors(databases.open("catalog"), identities));
    }

    @Bean
    VendorsAdminController vendorsAdminController(Databases databases, AuthApi identities, Cursors cursors) {
        return new VendorsAdminController(new Vendors(databases.open("catalog"), identities), cursors);
    }

    @Bean
    VendorProductsController vendorProductsController(
            Databases databases, VendorApi vendors, JsonMapper json, TenantApi tenants, Cursors cursors) {
        Database database = databases.open("catalog");
        ProductStore products = new ProductStore(database, json);
        return new VendorProductsController(
                new ActingForVendor(vendors),
                new WritingProducts(products, new Idempotency(database, json), tenants),
                products,
                cursors);
    }

    @Bean
    SendingPictures sendingPictures(Databases databases, FileStore files) {
        return new SendingPictures(new RenderingPictures(), new PictureStore(databases.open("catalog")), files);
    }

    @Bean
    PicturesController picturesController(Databases databases, FileStore files) {
        return new PicturesController(new PictureStore(databases.open("catalog")), files);
    }

    @Bean
    AdminPicturesController adminPicturesController(Databases databases, SendingPictures sending, JsonMapper json) {
        return new AdminPicturesController(sending, new ProductStore(databases.open("catalog"), json));
    }

    @Bean
    VendorPicturesController vendorPicturesController(
            Databases databases, VendorApi vendors, SendingPictures sending, JsonMapper json) {
        return new VendorPicturesController(
                new ActingForVendor(vendors), sending, new ProductStore(databases.open("catalog"), json));
    }

    @Bean
    SealingReviews sealingReviews(PersonalData personalData, JsonMapper json) {
        return new SealingReviews(personalData, json);
    }

    @Bean
    WritingReviews writingReviews(
            Databases databases, SealingReviews sealing, PurchasesApi purchases, JsonMapper json) {
        Database database = databases.open("catalog");
        return new WritingReviews(
                database, new ReviewStore(database), sealing, purchases, new Idempotency(database, json));
    }

    @Bean
    ReviewsController reviewsController(
            Databases databases, WritingReviews writing, SealingReviews sealing, Cursors cursors) {
        return new ReviewsController(writing, new ReviewStore(databases.open("catalog")), sealing, cursors);
    }

    @Bean
    ReviewsAdminController reviewsAdminController(
            Databases databases, WritingReviews writing, SealingReviews sealing, Cursors cursors) {
        Database database = databases.open("catalog");
        ReviewStore reviews = new ReviewStore(database);
        return new ReviewsAdminController(new ModeratingReviews(database, reviews, writing), reviews, sealing, cursors);
    }

    @Bean
    ReviewRecordsEndpoint reviewRecordsEndpoint(Databases databases, SealingReviews sealing, JsonMapper json) {
        Database database = databases.open("catalog");
        return new ReviewRecordsEndpoint(database, new ReviewStore(database), sealing, json);
    }

    @Bean
    CategoriesController categoriesController(Databases databases, CachedCatalog cached, Cursors cursors) {
        return new CategoriesController(cached, new CategoryStore(databases.open("catalog")), cursors);
    }

    @Bean
    MakersController makersController(Databases databases, Cursors cursors) {
        return new MakersController(new MakerStore(databases.open("catalog")), cursors);
    }
}
