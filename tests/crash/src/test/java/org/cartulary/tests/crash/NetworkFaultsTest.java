package org.cartulary.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The network between checkout and its neighbours inventory and payment fails under load: every purchase comes to its end
 * when the network is back, and nobody pays twice.
 */
@Tag("PLT-12")
@Tag("PLT-13")
@Tag("PAY-06")
final class NetworkFaultsTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int GUESTS = 6;
    private static final int HITS = 5;
    private static final int UNITS = 10_000;

    private static final List<FaultyProxy> PROXIES = new CopyOnWriteArrayList<>();
    private static Installation installation;

    @BeforeAll
    static void open() {
        installation = Installation.inTwoProcesses(port -> {
            FaultyProxy proxy = FaultyProxy.to(port);
            PROXIES.add(proxy);
            return proxy.port();
        });
    }

    @AfterAll
    static void close() {
        installation.close();
        PROXIES.forEach(FaultyProxy::close);
    }

    @ParameterizedTest
    @EnumSource
    void purchasesComeToTheirEndWhenTheNetworkIsBack(FaultyProxy.Fault fault) throws InterruptedException {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("10.00", UNITS);
        try (Shoppers shoppers = Shoppers.buying(product, installation.visitor(), GUESTS)) {
            Eventually.holds("orders are placed", LIMIT, () -> shoppers.orders().size() >= GUESTS);
            PROXIES.forEach(proxy -> proxy.spoil(fault));
            Eventually.holds(
                    "the network has failed",
                    LIMIT,
                    () -> PROXIES.stream().mapToLong(FaultyProxy::hits).sum() >= HITS);
            PROXIES.forEach(FaultyProxy::mend);
            int before = shoppers.orders().size();
            Eventually.holds(
                    "orders are placed again",
                    LIMIT,
                    () -> !shoppers.failures().isEmpty() || shoppers.orders().size() >= before + GUESTS);
            shoppers.sendHome(LIMIT);

            assertThat(shoppers.failures()).isEmpty();
            assertThat(shoppers.lies()).isEmpty();
            assertThat(new HashSet<>(shoppers.orders())).hasSameSizeAs(shoppers.orders());
            assertThat(merchant.available(product))
                    .isEqualTo(UNITS - shoppers.orders().size());
        }
        Eventually.holds(
                "all records agree",
                LIMIT,
                () -> Reconciled.by(installation.operator()).holds());
    }
}
