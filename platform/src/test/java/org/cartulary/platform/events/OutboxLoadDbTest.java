package org.cartulary.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.database.TestPostgres;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What many events do to the tables. */
class OutboxLoadDbTest {

    private static final List<Integer> PARTITIONS =
            IntStream.range(0, Outbox.PARTITIONS).boxed().toList();

    private static final int WAVES = 4;

    /** With two events each, more rows than the clean-up lets lie. */
    private static final int AGGREGATES_A_WAVE = 1_500;

    private final Shop shop = new Shop();
    private final QueueStore store = new QueueStore(shop.database, EventQueue.OUTBOX);
    private final EventBus bus = new EventBus(shop.json, shop.meters);

    /** The clean-up looks once a minute otherwise; an hour is compressed into a minute here. */
    @BeforeEach
    void hurry() throws SQLException {
        asSuperuser("ALTER SYSTEM SET autovacuum_naptime = '1s'", "SELECT pg_reload_conf()");
    }

    @AfterEach
    void close() throws SQLException {
        bus.close();
        shop.close();
        asSuperuser("ALTER SYSTEM RESET autovacuum_naptime", "SELECT pg_reload_conf()");
    }

    private static void asSuperuser(String... statements) throws SQLException {
        var server = TestPostgres.server();
        try (var connection =
                        DriverManager.getConnection(server.jdbcUrl("postgres"), server.superuser(), server.password());
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Events of so many aggregates, two each. */
    private static void write(Shop shop, int aggregates) {
        shop.execute("""
                INSERT INTO outbox_events (id, tenant_id, partition, priority, event_type, type_version,
                                           aggregate_type, aggregate_id, aggregate_version, data, trace_id)
                SELECT gen_random_uuid(), '%s', (a.number %% 16), 5, 'thing.happened.v1', 1, 'thing', a.id, v,
                       jsonb_build_object('thing', a.id, 'text', repeat('x', 300)), 'trace'
                FROM (SELECT number, gen_random_uuid() AS id FROM generate_series(1, %d) AS g (number)) a,
                     generate_series(1, 2) AS v
                """.formatted(shop.tenant, aggregates));
    }

    private long size() {
        return shop.count("SELECT pg_total_relation_size('outbox_events')");
    }

    private long cleanUps() {
        return shop.count("SELECT autovacuum_count FROM pg_stat_user_tables WHERE relname = 'outbox_events'");
    }

    @Test
    @Tag("PLT-09")
    void deliveredEventsAreCleanedUpAsFastAsTheyCome() throws InterruptedException {
        new Outbox(shop.database, bus, shop.json);
        bus.start();
        long most = 0;
        for (int wave = 1; wave <= WAVES; wave++) {
            long before = cleanUps();
            write(shop, AGGREGATES_A_WAVE);
            bus.wake(shop.database, EventQueue.OUTBOX);
            Shop.await(() -> shop.count("SELECT count(*) FROM outbox_events") == 0);
            // However slow the machine is, the clean-up comes after each wave.
            Shop.await(() -> cleanUps() > before);
            most = Math.max(most, size());
        }
        assertThat(most).isLessThan(sizeWithoutCleanUp() / 2);
    }

    /** How large the same waves make the table when nobody cleans up after them. */
    private long sizeWithoutCleanUp() {
        try (Shop neglected = new Shop()) {
            neglected
                    .admin()
                    .sql("ALTER TABLE outbox_events SET (autovacuum_enabled = false)")
                    .update();
            for (int wave = 1; wave <= WAVES; wave++) {
                write(neglected, AGGREGATES_A_WAVE);
                neglected.execute("DELETE FROM outbox_events");
            }
            return neglected.count("SELECT pg_total_relation_size('outbox_events')");
        }
    }

    @Test
    @Tag("PLT-09")
    void theNextEventsAreFoundByIndexInABacklogAndAmongDeadRows() throws SQLException {
        write(shop, 50_000);
        String plan = plan();
        assertThat(plan).doesNotContain("Seq Scan on outbox_events");
        assertThat(plan).contains("Index Only Scan using idx_outbox_events_aggregate on outbox_events b");

        try (var snapshot = shop.database.workerDataSource().getConnection()) {
            snapshot.setAutoCommit(false);
            snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (var statement = snapshot.createStatement()) {
                // Who sees the rows that are deleted now keeps them from being cleaned up.
                statement.execute("SELECT count(*) FROM outbox_events");
                shop.execute("DELETE FROM outbox_events WHERE partition < 15");
                assertThat(plan()).doesNotContain("Seq Scan on outbox_events");
            }
            snapshot.rollback();
        }
    }

    @Test
    @Tag("PLT-09")
    void aLongQueueOfOneAggregateHidesNoOther() {
        var hot = Ids.next();
        shop.execute("""
                INSERT INTO outbox_events (id, tenant_id, partition, priority, event_type, type_version,
                                           aggregate_type, aggregate_id, aggregate_version, data, trace_id)
                SELECT gen_random_uuid(), '%s', 3, 9, 'thing.happened.v1', 1, 'thing', '%s', v, '{}', 'trace'
                FROM generate_series(1, 30000) AS v
                """.formatted(shop.tenant, hot));
        shop.execute("UPDATE outbox_events SET dead_at = now() WHERE aggregate_version = 1");
        write(shop, 10);
        List<QueueStore.Row> rows = store.due(PARTITIONS, 200);
        assertThat(rows).hasSize(20);
        assertThat(rows).noneMatch(row -> row.event().aggregateId().equals(hot));
    }

    private String plan() {
        return shop.database.asWorker(tx -> {
            tx.jdbc()
                    .sql(
                            "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)")
                    .query()
                    .singleRow();
            return tx
                    .jdbc()
                    .sql("EXPLAIN " + EventQueue.OUTBOX.in(QueueStore.SEARCH))
                    .param("reach", 1_000)
                    .param("partitions", org.cartulary.platform.database.Sql.intArray(PARTITIONS))
                    .param("limit", 200)
                    .param("perAggregate", 50)
                    .query(String.class)
                    .list()
                    .stream()
                    .collect(Collectors.joining("\n"));
        });
    }
}
