package org.cartulary.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.cartulary.customer.RecordedOrderEvents.FIRST_DAY;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cartulary.customer.CustomerStatistics.OfCurrency;
import org.cartulary.customer.CustomerStatistics.Sum;
import org.cartulary.platform.events.EventType;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestSubjectKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

@Tag("CUS-02")
@Tag("PLT-11")
class CustomerStatisticsDbTest {

    private static final JsonMapper JSON = ApiJson.tolerant();

    /** An event of a later version of the order service. */
    @EventType(name = "order.gift-wrapped.v1", aggregate = "order")
    record OrderGiftWrapped(UUID orderId) {}

    private final TestDatabase test = TestDatabase.create("customer");
    private final RecordedOrderEvents orders = new RecordedOrderEvents();
    private final StatisticsStore store = new StatisticsStore();
    private final RebuildingStatistics rebuilding = new RebuildingStatistics(test.database(), new RebuildStore());
    private final FollowingOrders following = following(3, 1_000);
    private final UUID tenant = Contexts.newTenant();
    private final UUID ada = Ids.next();

    @AfterEach
    void close() {
        test.close();
    }

    private FollowingOrders following(int eventsAPage, int maxPages) {
        return new FollowingOrders(test.database(), orders, store, rebuilding, JSON, eventsAPage, maxPages);
    }

    private List<OfCurrency> statistics(UUID tenantId, UUID customer) {
        return Contexts.system(tenantId)
                .supply(() -> test.database().inReadTransaction(tx -> store.find(tx, tenantId, customer)));
    }

    /** How many events were read for the generation that is built; none when there is none any longer. */
    private long rebuilt() {
        return test.database()
                .asWorker(tx -> store.generation(tx, Generation.State.BUILDING))
                .map(Generation::eventsRead)
                .orElse(0L);
    }

    private Generation live() {
        return test.database()
                .asWorker(tx -> store.generation(tx, Generation.State.LIVE))
                .orElseThrow();
    }

    private Rebuild finished(Rebuild rebuild) {
        return rebuilding.find(rebuild.id()).orElseThrow();
    }

    private List<String> broken() {
        return CustomerInvariants.check(test.database()).stream()
                .filter(result -> !result.holds())
                .map(InvariantResult::name)
                .toList();
    }

    private void aYearOfAda() {
        UUID first = orders.placed(tenant, ada, "10.00", 2, 3);
        UUID second = orders.placed(tenant, ada, "20.00", 1, 1);
        UUID third = orders.placed(tenant, ada, "40.00", 4, 9);
        UUID guests = orders.placed(tenant, null, "99.00", 1, 2);
        orders.confirmed(tenant, first);
        orders.confirmed(tenant, guests);
        orders.confirmed(tenant, third);
        orders.add(tenant, first, new OrderGiftWrapped(first));
        orders.cancelled(tenant, second);
        orders.refunded(tenant, first, "4.00", "4.00");
        orders.refunded(tenant, first, "1.50", "5.50");
    }

    private static final OfCurrency ADAS_YEAR = new OfCurrency(
            "GBP",
            3,
            2,
            1,
            6,
            new Sum("50.00", "GBP"),
            new Sum("5.50", "GBP"),
            FIRST_DAY.plusSeconds(86_400),
            FIRST_DAY.plusSeconds(9 * 86_400));

    @Test
    void whatACustomerOrderedIsReckonedFromTheEventsOfOrders() {
        aYearOfAda();
        following.run();
        following.run();
        assertThat(statistics(tenant, ada)).containsExactly(ADAS_YEAR);
        assertThat(live().eventsRead()).isEqualTo(orders.size());
        assertThat(broken()).isEmpty();

        UUID late = orders.placed(tenant, ada, "7.00", 1, 20);
        orders.confirmed(tenant, late);
        orders.cancelled(tenant, late);
        following.run();
        assertThat(statistics(tenant, ada)).singleElement().satisfies(statistics -> {
            assertThat(statistics.orders()).isEqualTo(4);
            assertThat(statistics.cancelledOrders()).isEqualTo(2);
            assertThat(statistics.gross()).isEqualTo(ADAS_YEAR.gross());
        });
    }

    @Test
    @Tag("PLT-17")
    void tenantsAreKeptApart() {
        UUID other = Contexts.newTenant();
        aYearOfAda();
        orders.confirmed(other, orders.placed(other, ada, "1.00", 1, 1));
        following.run();
        assertThat(statistics(tenant, ada)).containsExactly(ADAS_YEAR);
        assertThat(statistics(other, ada))
                .singleElement()
                .satisfies(statistics -> assertThat(statistics.orders()).isEqualTo(1));
        assertThat(Contexts.system(other)
                        .<Long>supply(() -> test.database()
                                .inReadTransaction(tx -> tx.jdbc()
                                        .sql("SELECT count(*) FROM customer_statistics_orders")
                                        .query(Long.class)
                                        .single())))
                .isEqualTo(1);
        assertThat(statistics(Contexts.newTenant(), ada)).isEmpty();
    }

    @Test
    void theApplicationWritesNoStatistics() {
        aYearOfAda();
        following.run();
        for (String table : List.of(
                "customer_statistics",
                "customer_statistics_orders",
                "customer_statistics_generations",
                "customer_statistics_rebuilds")) {
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> Contexts.system(tenant)
                            .run(() -> test.database()
                                    .inTransaction(tx -> tx.jdbc()
                                            .sql("DELETE FROM " + table)
                                            .update())));
        }
    }

    @Test
    void severalNodesReadEachEventOnce() throws InterruptedException {
        for (int order = 0; order < 30; order++) {
            orders.confirmed(tenant, orders.placed(tenant, ada, "1.00", 1, order));
        }
        Concurrently.run(6, () -> {
                    following(2, 1_000).run();
                    return true;
                })
                .valuesOrThrow();
        assertThat(live().eventsRead()).isEqualTo(60);
        assertThat(live().checkpoint())
                .isEqualTo(orders.all().toList().getLast().position());
        assertThat(statistics(tenant, ada)).singleElement().satisfies(statistics -> {
            assertThat(statistics.orders()).isEqualTo(30);
            assertThat(statistics.gross()).isEqualTo(new Sum("30.00", "GBP"));
        });
        assertThat(broken()).isEmpty();
    }

    @Test
    void aRebuildOfWhatIsRightChangesNothingAndSaysSo() {
        aYearOfAda();
        following.run();
        int before = live().number();
        Rebuild rebuild = rebuilding.request();
        assertThat(rebuild.status()).isEqualTo("running");
        assertThat(rebuilding.request().id()).as("one rebuild at a time").isEqualTo(rebuild.id());
        assertThat(statistics(tenant, ada)).containsExactly(ADAS_YEAR);

        following.run();
        Rebuild.Result result = finished(rebuild).result();
        assertThat(result).isNotNull();
        assertThat(result.equal()).isTrue();
        assertThat(result.eventsRead()).isEqualTo(orders.size());
        assertThat(result.rebuilt().rows()).isEqualTo(4);
        assertThat(live().number()).isGreaterThan(before);
        assertThat(statistics(tenant, ada)).containsExactly(ADAS_YEAR);
        assertThat(test.admin()
                        .sql("SELECT count(DISTINCT generation) FROM customer_statistics_orders")
                        .query(Long.class)
                        .single())
                .as("what was replaced is deleted")
                .isEqualTo(1);
        assertThat(rebuilding.request().id()).as("another one may begin").isNotEqualTo(rebuild.id());
    }

    @Test
    void aCorruptedRowIsFoundByTheChecksumAndHealedByTheSwitch() {
        aYearOfAda();
        following.run();
        test.admin().sql("UPDATE customer_statistics SET gross = gross + 1000").update();
        assertThat(broken()).containsExactly("statistics-match-orders");

        Rebuild rebuild = rebuilding.request();
        following.run();
        Rebuild.Result result = finished(rebuild).result();
        assertThat(result).isNotNull();
        assertThat(result.equal()).isFalse();
        assertThat(result.replaced().checksum()).isNotEqualTo(result.rebuilt().checksum());
        assertThat(result.replaced().rows()).isEqualTo(result.rebuilt().rows());
        assertThat(statistics(tenant, ada)).containsExactly(ADAS_YEAR);
        assertThat(broken()).isEmpty();
    }

    @Test
    void aLostOrderIsFoundToo() {
        aYearOfAda();
        following.run();
        test.admin()
                .sql("DELETE FROM customer_statistics_orders WHERE units = 4")
                .update();
        Rebuild rebuild = rebuilding.request();
        following.run();
        assertThat(finished(rebuild).result())
                .isNotNull()
                .satisfies(result -> assertThat(result.equal()).isFalse());
        assertThat(statistics(tenant, ada)).containsExactly(ADAS_YEAR);
    }

    @Test
    void aRebuildThatIsInterruptedIsResumedWhereItStopped() {
        aYearOfAda();
        following.run();
        Rebuild rebuild = rebuilding.request();
        // Each round of two pages asks for the live generation's next page and for one of the generation that is built.
        orders.answerOnly(4);
        assertThatIllegalStateException().isThrownBy(following::run).withMessageContaining("away");
        Generation interrupted = test.database()
                .asWorker(tx -> store.generation(tx, Generation.State.BUILDING))
                .orElseThrow();
        assertThat(interrupted.eventsRead()).isEqualTo(6);
        assertThat(finished(rebuild).result()).isNull();
        assertThat(statistics(tenant, ada)).containsExactly(ADAS_YEAR);

        orders.answerOnly(Integer.MAX_VALUE);
        new FollowingOrders(test.database(), orders, store, rebuilding, JSON).run();
        Rebuild.Result result = finished(rebuild).result();
        assertThat(result).isNotNull();
        assertThat(result.equal()).isTrue();
        assertThat(result.eventsRead()).isEqualTo(orders.size());
    }

    @Test
    void theGenerationThatIsBuiltIsNotShownBeforeItHasCaughtUp() {
        aYearOfAda();
        following.run();
        Rebuild rebuild = rebuilding.request();
        following(3, 1).run();
        assertThat(rebuilding.finish()).isFalse();
        assertThat(finished(rebuild).result()).isNull();
        assertThat(statistics(tenant, ada)).containsExactly(ADAS_YEAR);
    }

    @Test
    void theStatisticsAreRebuiltWhileOrdersKeepComing() throws Exception {
        for (int order = 0; order < 50; order++) {
            orders.confirmed(tenant, orders.placed(tenant, ada, "1.00", 1, 1));
        }
        following.run();
        Rebuild rebuild = rebuilding.request();
        AtomicBoolean open = new AtomicBoolean(true);
        int sold = 50;
        boolean caughtUp;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> nodes = new ArrayList<>();
            for (int node = 0; node < 2; node++) {
                nodes.add(threads.submit(() -> {
                    FollowingOrders mine = following(2, 5);
                    while (open.get()) {
                        mine.run();
                    }
                }));
            }
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
            long seen = 0;
            while (finished(rebuild).result() == null && System.nanoTime() < end) {
                // Buyers who were as fast as the rebuild would never let it catch up: they are half as fast.
                for (long rebuilt = rebuilt(); seen + 4 <= rebuilt; seen += 4) {
                    orders.confirmed(tenant, orders.placed(tenant, ada, "1.00", 1, 1));
                    sold++;
                }
            }
            caughtUp = finished(rebuild).result() != null;
            open.set(false);
            for (Future<?> node : nodes) {
                node.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(caughtUp).as("while the shop was open").isTrue();
        following.run();
        Rebuild.Result result = finished(rebuild).result();
        assertThat(result).isNotNull();
        assertThat(result.equal()).isTrue();
        assertThat(sold).isGreaterThan(50);
        long expected = sold;
        assertThat(statistics(tenant, ada)).singleElement().satisfies(statistics -> {
            assertThat(statistics.orders()).isEqualTo(expected);
            assertThat(statistics.confirmedOrders()).isEqualTo(expected);
        });
        assertThat(live().eventsRead()).isEqualTo(orders.size());
        assertThat(broken()).isEmpty();
    }

    @Test
    void theShopAsksForACustomerOfItsOwn() {
        UUID customer = Contexts.integration(tenant)
                .supply(() -> new EnteringCustomers(
                                test.database(),
                                new CustomerEntryStore(),
                                new SealingCustomers(TestSubjectKeys.personalData(), ApiJson.strict()),
                                ApiJson.strict())
                        .enter(List.of(
                                new CustomerEntry(Ids.next(), "C-1", "ada@example.org", "Ada", null, null, null, null)))
                        .getFirst()
                        .id());
        orders.confirmed(tenant, orders.placed(tenant, customer, "12.00", 3, 1));
        following.run();
        StatisticsController controller =
                new StatisticsController(test.database(), new CustomerStore(), store, rebuilding);
        assertThat(Contexts.staff(tenant).supply(() -> controller.statistics(customer)))
                .satisfies(statistics -> assertThat(statistics.items())
                        .singleElement()
                        .satisfies(inPounds -> assertThat(inPounds.units()).isEqualTo(3)));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Contexts.staff(Contexts.newTenant()).run(() -> controller.statistics(customer)));
        var answer = controller.rebuild();
        assertThat(answer.getStatusCode().value()).isEqualTo(202);
        assertThat(answer.getHeaders().getLocation())
                .hasPath("/api/v1/admin/projections/customer-statistics/rebuilds/"
                        + answer.getBody().id());
        assertThat(controller.find(answer.getBody().id()).status()).isEqualTo("running");
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> controller.find(Ids.next()));
    }
}
