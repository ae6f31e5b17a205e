package org.cartulary.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.ForkedPlatform;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The network between the platform and PostgreSQL fails under load: whoever asks is told within bounded time to come again, and
 * the platform goes on by itself when the network is back, though connections that were silent stay so for ever.
 */
@ExtendWith(SharedCrashSite.class)
@Tag("PLT-13")
@Tag("PAY-06")
final class DatabaseNetworkTest {

    private static final int GUESTS = 8;
    private static final int UNITS = 100_000;
    private static final long STATEMENT_LIMIT_SECONDS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Twice a statement and the silence after it, and then the wait for a connection, of a request and of what it calls. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(100);

    private static CrashSite site;
    private static FaultyProxy proxy;
    private static ForkedPlatform platform;

    @BeforeAll
    static void open(CrashSite shared) {
        site = shared;
        proxy = FaultyProxy.to(site.postgres().port());
        platform = site.platform(CrashSite.FIRST, Installation.freePort(), proxy.port())
                .property("cartulary.database.limit-seconds.app", STATEMENT_LIMIT_SECONDS)
                .property("cartulary.database.limit-seconds.worker", STATEMENT_LIMIT_SECONDS)
                .start();
    }

    @AfterAll
    static void close() {
        platform.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void everybodyIsToldToComeAgainAndEveryPromiseIsKept(FaultyProxy.Fault fault) throws InterruptedException {
        Merchant merchant = platform.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("10.00", UNITS);
        try (Shoppers shoppers = Shoppers.buying(product, platform.visitor(), GUESTS)) {
            awaitMoreOrders(shoppers);
            proxy.spoil(fault);
            awaitHarm(fault, shoppers);
            mend(fault);
            awaitMoreOrders(shoppers);
            shoppers.sendHome(LIMIT);

            assertThat(shoppers.failures()).isEmpty();
            assertThat(shoppers.lies()).isEmpty();
            assertThat(shoppers.unanswered()).isEmpty();
            assertThat(shoppers.slowest()).isLessThan(LONGEST_ANSWER);
            assertThat(new HashSet<>(shoppers.orders())).hasSameSizeAs(shoppers.orders());
            site.awaitDelivered();
            assertThat(merchant.available(product))
                    .isEqualTo(UNITS - shoppers.orders().size());
            assertThat(shoppers.orders())
                    .allSatisfy(order -> assertThat(merchant.shop()
                                    .get("/api/v1/store/orders/" + order)
                                    .expect(200)
                                    .path("status")
                                    .asString())
                            .isEqualTo("CONFIRMED"));
            System.out.printf(
                    "%s: %d orders, %d times told to come again, the longest answer took %d ms%n",
                    fault,
                    shoppers.orders().size(),
                    shoppers.postponed(),
                    shoppers.slowest().toMillis());
        }
        assertThat(Reconciled.by(platform.operator()).breaches()).isEmpty();
    }

    /** What only comes late harms nobody; with anything else everybody is told to come again, while it lasts. */
    private static void awaitHarm(FaultyProxy.Fault fault, Shoppers shoppers) {
        Eventually.holds(
                "the network has failed",
                LIMIT,
                () -> proxy.hits() >= GUESTS && (fault == FaultyProxy.Fault.DELAY || shoppers.postponed() >= GUESTS));
    }

    private static void mend(FaultyProxy.Fault fault) {
        if (fault == FaultyProxy.Fault.HALF_OPEN) {
            proxy.mendForNewConnections();
        } else {
            proxy.mend();
        }
    }

    private static void awaitMoreOrders(Shoppers shoppers) {
        int enough = shoppers.orders().size() + GUESTS;
        Eventually.holds(
                "orders are placed",
                LIMIT,
                () -> !shoppers.failures().isEmpty() || shoppers.orders().size() >= enough);
    }
}
