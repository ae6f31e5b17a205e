package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A suspension is decided in one process, and soon holds in another one that asks the first for its tenants. */
@Tag("PLT-17")
@HoldsThePlatform("starts two processes")
final class SuspendedTenantAcrossProcessesJourneyTest {

    private static final Logger LOG = LoggerFactory.getLogger(SuspendedTenantAcrossProcessesJourneyTest.class);

    /** As ADR 20 promises. */
    private static final Duration EVERYWHERE = Duration.ofSeconds(5);
    /** For the calls that find it out, on a machine that has much else to do. */
    private static final Duration ONE_CALL = Duration.ofSeconds(20);

    @Test
    void aSuspensionHoldsEverywhereAfterFiveSeconds() {
        try (Installation platform = Installation.inTwoProcesses()) {
            Installation shop = platform.withShopOfItsOwn();
            Merchant merchant = shop.merchant();
            String elsewhere = "/api/v1/store/products/" + merchant.product("5.00", 3) + "/availability";
            String tenant = tenantOf(shop);
            HttpShop visitor = shop.visitor();
            // Both have been told a moment ago that the shop is open.
            visitor.get(elsewhere).expect(200);
            merchant.shop().get(elsewhere).expect(200);

            setState(shop, tenant, "suspensions");
            long suspendedAt = System.nanoTime();

            visitor.get("/api/v1/store/products").expectProblem(403, "tenant-suspended");
            Eventually.holds(
                    "the other process refuses too",
                    EVERYWHERE.plus(ONE_CALL),
                    () -> isRefused(visitor, elsewhere) && isRefused(merchant.shop(), elsewhere));
            LOG.info(
                    "the other process refused after {} ms",
                    Duration.ofNanos(System.nanoTime() - suspendedAt).toMillis());

            setState(shop, tenant, "activations");
            Eventually.holds(
                    "the other process serves again", EVERYWHERE.plus(ONE_CALL), () -> !isRefused(visitor, elsewhere));
        }
    }

    private static boolean isRefused(HttpShop caller, String path) {
        HttpShop.Answer answer = caller.get(path);
        assertThat(answer.status()).as(answer.text()).isIn(200, 403);
        return answer.status() == 403;
    }

    private static String tenantOf(Installation shop) {
        JsonNode tenants =
                shop.operator().get("/api/v1/admin/tenants?limit=100").expect(200);
        return tenants.path("items")
                .valueStream()
                .filter(tenant -> tenant.path("displayName").asString().equals("Journey"))
                .map(tenant -> tenant.path("id").asString())
                .findFirst()
                .orElseThrow();
    }

    private static void setState(Installation shop, String tenant, String resource) {
        shop.operator()
                .post("/api/v1/admin/tenants/" + tenant + "/" + resource, Map.of("reason", "a try"))
                .expect(200);
    }
}
