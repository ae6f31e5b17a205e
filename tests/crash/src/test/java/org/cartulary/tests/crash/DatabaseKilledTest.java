package org.cartulary.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.ForkedPlatform;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL is killed under load, ten times, while the platform goes on: what was promised is there afterwards. */
@ExtendWith(SharedCrashSite.class)
@Tag("PLT-13")
@Tag("PAY-06")
final class DatabaseKilledTest {

    private static final int GUESTS = 16;
    private static final int KILLS = 10;
    private static final int ORDERS_BETWEEN_KILLS = 10;
    private static final int UNITS = 100_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Test
    void everyPromisedOrderIsThereAfterTenKills(CrashSite site) throws InterruptedException {
        try (ForkedPlatform platform =
                site.platform(CrashSite.FIRST, Installation.freePort()).start()) {
            Merchant merchant = platform.merchant();
            merchant.sendEverywhere();
            String product = merchant.product("10.00", UNITS);
            try (Shoppers shoppers = Shoppers.buying(product, platform.visitor(), GUESTS)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    awaitMoreOrders(shoppers);
                    site.killPostgres();
                    site.postgres().restart();
                }
                awaitMoreOrders(shoppers);
                shoppers.sendHome(LIMIT);

                assertThat(shoppers.failures()).isEmpty();
                assertThat(shoppers.lies()).isEmpty();
                site.awaitQuiet();
                Set<String> promised = new HashSet<>(shoppers.orders());
                assertThat(promised).hasSameSizeAs(shoppers.orders());
                assertThat(promised)
                        .allSatisfy(order -> assertThat(merchant.shop()
                                        .get("/api/v1/store/orders/" + order)
                                        .expect(200)
                                        .path("status")
                                        .asString())
                                .isEqualTo("CONFIRMED"));
                assertThat(merchant.available(product)).isEqualTo(UNITS - promised.size());
            }
            assertThat(Reconciled.by(platform.operator()).breaches()).isEmpty();
        }
    }

    /** Load and recovery are seen by what comes of them. */
    private static void awaitMoreOrders(Shoppers shoppers) {
        int enough = shoppers.orders().size() + ORDERS_BETWEEN_KILLS;
        Eventually.holds("orders are placed", LIMIT, () -> {
            if (!shoppers.failures().isEmpty()) {
                throw new AssertionError(
                        "a guest cannot shop", shoppers.failures().peek());
            }
            return shoppers.orders().size() >= enough;
        });
    }
}
