package org.cartulary.platform.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cartulary.platform.audit.DataAccessLog;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.operations.DatabaseHealth.Check;
import org.cartulary.platform.operations.DatabaseHealth.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** What a database tells of itself. */
@Tag("PLT-24")
class DatabaseHealthDbTest {

    private final Shop shop = new Shop();
    private final OperationsEndpoint operations = new OperationsEndpoint(
            shop.databases(), new EventBus(shop.json, shop.meters), shop.json, new DataAccessLog(DataAccessLog.KEPT));

    @AfterEach
    void close() {
        shop.close();
    }

    private DatabaseHealth health() {
        return operations.health(shop.database.service());
    }

    private static Check check(DatabaseHealth health, String name) {
        return health.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String statusOf(String check, String wait) {
        return shop.database.asReadonly(tx -> tx.jdbc()
                .sql("SELECT status FROM check_database_health(cast(:wait AS interval)) WHERE check_name = :name")
                .param("wait", wait)
                .param("name", check)
                .query(String.class)
                .single());
    }

    @Test
    void aDatabaseThatIsWellSaysSoWithWhatWasMeasured() {
        DatabaseHealth health = health();

        assertThat(health.service()).isEqualTo(shop.database.service());
        assertThat(health.checks())
                .extracting(Check::name)
                .containsExactly(
                        "connections",
                        "tables-in-memory",
                        "indexes-in-memory",
                        "dead-rows",
                        "waiting-for-locks",
                        "transaction-ids",
                        "invalid-indexes");
        assertThat(check(health, "invalid-indexes").status()).isEqualTo(Status.OK);
        assertThat(check(health, "transaction-ids").value()).isLessThan(BigDecimal.TEN);
        assertThat(check(health, "connections").value()).isPositive();
        assertThat(health.cacheHits())
                .extracting(DatabaseHealth.CacheHits::kind)
                .containsExactly("tables", "indexes");
        assertThat(health.tables())
                .hasSizeBetween(1, DatabaseHealth.MAX_ROWS)
                .isSortedAccordingTo((a, b) -> Long.compare(b.totalBytes(), a.totalBytes()));
        assertThat(health.indexes())
                .hasSizeBetween(1, DatabaseHealth.MAX_ROWS)
                .isSortedAccordingTo((a, b) -> Long.compare(b.bytes(), a.bytes()));
        assertThat(health.status())
                .isEqualTo(health.checks().stream()
                        .map(Check::status)
                        .max(Status::compareTo)
                        .orElseThrow());
    }

    @Test
    void whoeverWaitsLongForALockIsSeen() throws Exception {
        assertThat(statusOf("waiting-for-locks", "0 seconds")).isEqualTo("OK");
        CountDownLatch seen = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Boolean>> lockers = Stream.generate(() -> threads.submit(() -> locked(seen)))
                    .limit(2)
                    .toList();
            Shop.await(() -> statusOf("waiting-for-locks", "0 seconds").equals("WARNING"));
            assertThat(statusOf("waiting-for-locks", "1 hour"))
                    .as("nobody waits that long")
                    .isEqualTo("OK");
            seen.countDown();
            for (Future<Boolean> locker : lockers) {
                assertThat(locker.get(1, TimeUnit.MINUTES)).isTrue();
            }
        }
    }

    /** Takes a lock, and holds it until somebody has seen that another waits for it. */
    private boolean locked(CountDownLatch seen) {
        return shop.database.asWorker(tx -> {
            tx.jdbc()
                    .sql("SELECT 1 FROM pg_advisory_xact_lock(4711)")
                    .query(Integer.class)
                    .single();
            try {
                return seen.await(2, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
    }

    @Test
    void anIndexThatCouldNotBeBuiltIsSeen() {
        shop.admin().sql("CREATE TABLE doubles (n integer)").update();
        shop.admin().sql("INSERT INTO doubles VALUES (1), (1)").update();
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> shop.admin()
                        .sql("CREATE UNIQUE INDEX CONCURRENTLY uq_doubles ON doubles (n)")
                        .update());

        Check check = check(health(), "invalid-indexes");

        assertThat(check.status()).isEqualTo(Status.WARNING);
        assertThat(check.message()).contains("uq_doubles");
    }

    @Test
    void aTableWhoseRowsAreMostlyDeadIsSeen() throws InterruptedException {
        shop.admin()
                .sql("CREATE TABLE graves (n integer) WITH (autovacuum_enabled = false)")
                .update();
        shop.admin().sql("INSERT INTO graves SELECT generate_series(1, 20000)").update();
        Shop.await(() -> check(health(), "dead-rows").value() != null);
        assertThat(check(health(), "dead-rows").status()).isEqualTo(Status.OK);

        shop.admin().sql("DELETE FROM graves WHERE n > 5000").update();

        Shop.await(() -> check(health(), "dead-rows").status() == Status.CRITICAL);
        assertThat(check(health(), "dead-rows").message()).contains("graves");
        assertThat(health().status()).isEqualTo(Status.CRITICAL);
        assertThat(health().tables())
                .filteredOn(table -> table.table().equals("graves"))
                .singleElement()
                .satisfies(table -> assertThat(table.deadRows()).isEqualTo(15_000));
    }

    @Test
    void nobodyTellsOfADatabaseThatIsNotOpenedHere() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> operations.health("elsewhere"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("unknown-service"));
    }
}
