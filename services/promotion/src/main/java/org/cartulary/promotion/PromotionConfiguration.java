package org.cartulary.promotion;

import java.time.Clock;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.idempotency.Idempotency;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the promotion service. */
@Configuration(proxyBeanMethods = false)
public class PromotionConfiguration {

    private static final String SERVICE = "promotion";

    @Bean
    TenantVersions promotionVersions(Databases databases) {
        return new TenantVersions(databases.open(SERVICE), "promotion_versions");
    }

    @Bean
    PromotionEndpoint promotionEndpoint(
            Databases databases,
            Clock clock,
            @Qualifier("promotionVersions") TenantVersions versions,
            CustomerApi customers) {
        Database database = databases.open(SERVICE);
        UsageStore usage = new UsageStore(database);
        return new PromotionEndpoint(
                new QuotingPromotions(new KnownOffers(versions, database), usage, customers, clock),
                new ClaimingPromotions(new ClaimStore(database)),
                usage,
                new PromotionInvariants(database));
    }

    @Bean
    PromotionRecordsEndpoint promotionRecordsEndpoint(Databases databases) {
        return new PromotionRecordsEndpoint(databases.open(SERVICE));
    }

    @Bean
    PromotionsController promotionsController(
            Databases databases, JsonMapper json, TenantApi tenants, Cursors cursors) {
        Database database = databases.open(SERVICE);
        return new PromotionsController(
                new Promotions(database), new ConsistentDrafts(tenants), new Idempotency(database, json), cursors);
    }
}
