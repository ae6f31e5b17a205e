package org.cartulary.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TestDatabaseDbTest {

    private final UUID tenant = Contexts.newTenant();

    private void write(TestDatabase database) {
        database.database()
                .inTransaction(tx -> tx.jdbc()
                        .sql("insert into notes (tenant_id, id) values (?, ?)")
                        .params(RequestContext.currentTenant(), Ids.next())
                        .update());
    }

    private static long count(TestDatabase database) {
        return database.admin()
                .sql("select count(*) from notes")
                .query(Long.class)
                .single();
    }

    @Test
    void eachTestHasAnEmptyDatabaseOfItsOwn() {
        long begin = System.nanoTime();
        try (TestDatabase first = TestDatabase.create("example")) {
            long firstDone = System.nanoTime();
            try (TestDatabase second = TestDatabase.create("example")) {
                LoggerFactory.getLogger(TestDatabaseDbTest.class)
                        .info(
                                "first database in {} ms, second in {} ms",
                                Duration.ofNanos(firstDone - begin).toMillis(),
                                Duration.ofNanos(System.nanoTime() - firstDone).toMillis());
                Contexts.customer(tenant, Ids.next()).run(() -> write(first));
                assertThat(count(first)).isEqualTo(1);
                assertThat(count(second)).isZero();
            }
        }
    }

    @Test
    void aClosedDatabaseIsGone() {
        TestDatabase database = TestDatabase.create("example");
        String url = database.adminJdbcUrl();
        database.close();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(url))
                .withMessageContaining("does not exist");
    }

    @Test
    @Tag("PLT-17")
    void aCopyIsAsIsolatedAsItsTemplate() {
        try (TestDatabase database = TestDatabase.create("example")) {
            Contexts.staff(tenant, "notes:write").run(() -> write(database));
            long seenByOthers = Contexts.system(Contexts.newTenant())
                    .<Long>supply(() -> database.database()
                            .inReadTransaction(tx -> tx.jdbc()
                                    .sql("select count(*) from notes")
                                    .query(Long.class)
                                    .single()));
            assertThat(seenByOthers).isZero();
            assertThat(count(database)).isEqualTo(1);
            assertThat(database.admin()
                            .sql("select has_database_privilege('public', current_database(), 'CONNECT')")
                            .query(Boolean.class)
                            .single())
                    .isFalse();
        }
    }

    @Test
    void aServiceTheTestDidNotNameHasNoDatabase() {
        try (TestDatabase database = TestDatabase.create("example")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> database.databases().open("another"));
        }
    }

    @Test
    void concurrentCallersBeginTogetherInTheCallersContext() throws InterruptedException {
        try (TestDatabase database = TestDatabase.create("example")) {
            Concurrently.Results<Integer> results = Contexts.system(tenant).supply(() -> {
                try {
                    return Concurrently.run(20, index -> {
                        write(database);
                        if (index == 7) {
                            throw new ArithmeticException("a fault");
                        }
                        return index;
                    });
                } catch (InterruptedException interruption) {
                    throw new AssertionError(interruption);
                }
            });
            assertThat(results.values()).hasSize(19).doesNotContain(7);
            assertThat(results.failures()).singleElement().isInstanceOf(ArithmeticException.class);
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(results::valuesOrThrow)
                    .withMessage("1 of 20 failed");
            assertThat(count(database)).isEqualTo(20);
        }
    }

    @Test
    void theClockMovesWhenItIsMoved() {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        SettableClock clock = SettableClock.at(noon);
        clock.advance(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(noon.plusSeconds(3600));
        clock.set(noon);
        assertThat(clock.withZone(java.time.ZoneId.of("Europe/Berlin")).instant())
                .isEqualTo(noon);
    }
}
