package org.cartulary.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;

class TransactionDbTest {

    private static final MeterRegistry METERS = new SimpleMeterRegistry();
    private static final Databases DATABASES = new Databases(TestPostgres.freshDatabases(), METERS);
    private static Database sample;
    private static Database other;

    private final UUID user = Ids.next();
    private final RequestContext context = new RequestContext(
            Ids.next(), new Principal(Principal.Kind.CUSTOMER, user, java.util.Set.of()), TraceIds.next());

    @BeforeAll
    static void open() {
        sample = DATABASES.open("sample");
        other = DATABASES.open("other");
    }

    @AfterAll
    static void close() {
        DATABASES.close();
    }

    private UUID write(Transaction tx) {
        UUID id = Ids.next();
        tx.jdbc()
                .sql("insert into notes (tenant_id, id, text) values (?, ?, 'a note')")
                .params(context.tenantId(), id)
                .update();
        return id;
    }

    private long version(UUID id) {
        return context.supply(() -> sample.inReadTransaction(tx -> tx.jdbc()
                .sql("select version from notes where id = ?")
                .param(id)
                .query(Long.class)
                .single()));
    }

    private static double retries(String reason) {
        return METERS.get("cartulary.database.retries")
                .tags("service", "sample", "reason", reason)
                .counter()
                .count();
    }

    @Test
    @Tag("PLT-17")
    void theTenantAndThePrincipalAreBound() {
        List<String> bound = context.supply(() -> sample.inTransaction(
                tx -> tx.jdbc().sql("""
                        select unnest(array[current_setting('app.tenant_id'), current_setting('app.principal_id'),
                                            current_setting('app.principal_kind'), current_setting('application_name'),
                                            current_setting('transaction_read_only'), current_user])
                        """).query(String.class).list()));
        assertThat(bound)
                .containsExactly(
                        context.tenantId().toString(),
                        user.toString(),
                        "CUSTOMER",
                        "cartulary-sample",
                        "off",
                        "sample_app");
    }

    @Test
    void aReadTransactionCannotWrite() {
        context.run(() -> assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> sample.inReadTransaction(this::write))
                .withStackTraceContaining("read-only transaction"));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> sample.asReadonly(this::write))
                .withStackTraceContaining("read-only transaction");
        // The connection comes back from the pool without the restriction.
        context.run(() -> sample.inTransaction(this::write));
    }

    @Test
    void theReaderSeesOneSnapshot() {
        long before = sample.asReadonly(tx -> {
            long first = count(tx);
            Thread writer = Thread.startVirtualThread(() -> context.run(() -> sample.inTransaction(this::write)));
            await(writer);
            assertThat(count(tx)).isEqualTo(first);
            return first;
        });
        assertThat(sample.<Long>asReadonly(TransactionDbTest::count)).isEqualTo(before + 1);
    }

    private static void await(Thread thread) {
        try {
            assertThat(thread.join(java.time.Duration.ofMinutes(1))).isTrue();
        } catch (InterruptedException interruption) {
            throw new AssertionError(interruption);
        }
    }

    private static long count(Transaction tx) {
        return tx.jdbc().sql("select count(*) from notes").query(Long.class).single();
    }

    @Test
    void transactionsDoNotNest() {
        context.run(() -> {
            for (Database inner : List.of(sample, other)) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> sample.inTransaction(tx -> inner.inTransaction(nested -> null)))
                        .withMessageContaining("a transaction of " + inner.service());
                assertThatIllegalStateException()
                        .isThrownBy(() -> sample.inTransaction(tx -> inner.asWorker(nested -> null)));
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> sample.inTransaction(tx -> {
                        Database.requireNoTransaction("the call of the payment service");
                        return null;
                    }))
                    .withMessage("the call of the payment service must wait until the transaction of sample has ended");
            assertThatNoException().isThrownBy(() -> Database.requireNoTransaction("a call"));
        });
    }

    @Test
    void aTransactionCannotBeUsedAfterItsEnd() {
        Transaction ended = context.supply(() -> sample.<Transaction>inTransaction(tx -> tx));
        assertThatIllegalStateException().isThrownBy(() -> write(ended));
        context.run(() -> other.inTransaction(tx -> {
            assertThatIllegalStateException().isThrownBy(() -> write(ended));
            return null;
        }));
    }

    @Test
    void whatFailsIsRolledBackAndItsActionsAreNotRun() {
        List<String> done = new ArrayList<>();
        AtomicReference<UUID> id = new AtomicReference<>();
        context.run(() -> assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> sample.inTransaction(tx -> {
                    id.set(write(tx));
                    tx.afterCommit(() -> done.add("must not happen"));
                    throw new ArithmeticException("a fault");
                })));
        assertThat(done).isEmpty();
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> version(id.get()));
    }

    @Test
    void actionsRunAfterTheCommitOutsideTheTransaction() {
        List<Long> seen = new ArrayList<>();
        context.run(() -> sample.inTransaction(tx -> {
            UUID id = write(tx);
            tx.afterCommit(() -> {
                throw new IllegalStateException("a fault of an action is nobody else's fault");
            });
            tx.afterCommit(() -> seen.add(version(id)));
            assertThat(seen).isEmpty();
            return null;
        }));
        assertThat(seen).containsExactly(0L);
    }

    @Test
    void violatedConstraintsAreTold() {
        context.run(() -> assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> sample.inTransaction(tx -> {
                    UUID id = write(tx);
                    return tx.jdbc()
                            .sql("insert into notes (tenant_id, id, text) values (?, ?, 'twice')")
                            .params(context.tenantId(), id)
                            .update();
                })));
    }

    @Test
    void aSwallowedFailureDoesNotPassForACommit() {
        context.run(() -> assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> sample.inTransaction(tx -> {
                    try {
                        tx.jdbc().sql("select 1 / 0").query(Integer.class).single();
                    } catch (DataAccessException swallowed) {
                        assertThat(swallowed).hasMessageContaining("division by zero");
                    }
                    return null;
                })));
    }

    @Test
    @Tag("PLT-05")
    void aDeadlockIsRetriedAndCounted() throws Exception {
        UUID first = context.supply(() -> sample.inTransaction(this::write));
        UUID second = context.supply(() -> sample.inTransaction(this::write));
        double before = retries("deadlock");
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> both = threads.invokeAll(
                    List.of(crossing(first, second, bothHoldOne), crossing(second, first, bothHoldOne)));
            int attempts = 0;
            for (Future<Integer> one : both) {
                attempts += one.get();
            }
            assertThat(attempts).isGreaterThanOrEqualTo(3);
        }
        assertThat(version(first)).isEqualTo(2);
        assertThat(version(second)).isEqualTo(2);
        assertThat(retries("deadlock")).isGreaterThanOrEqualTo(before + 1);
    }

    private Callable<Integer> crossing(UUID first, UUID second, CyclicBarrier bothHoldOne) {
        AtomicInteger attempts = new AtomicInteger();
        return () -> context.call(() -> {
            SqlUse use = SqlUse.begin(false);
            int count = use.count(() -> sample.inTransaction(tx -> {
                touch(tx, first);
                if (attempts.incrementAndGet() == 1) {
                    meet(bothHoldOne);
                }
                touch(tx, second);
                return attempts.get();
            }));
            // With the one that binds the tenant; an attempt that has to be run again costs its caller nothing.
            assertThat(use.statements()).isEqualTo(3);
            assertThat(use.transactions()).isEqualTo(1);
            return count;
        });
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static void touch(Transaction tx, UUID id) {
        tx.jdbc()
                .sql("update notes set version = version + 1 where id = ?")
                .param(id)
                .update();
    }

    @Test
    @Tag("PLT-05")
    void retriesEndAndTheConflictIsTold() {
        AtomicInteger attempts = new AtomicInteger();
        double before = retries("serialization");
        context.run(() -> assertThatExceptionOfType(CannotAcquireLockException.class)
                .isThrownBy(() -> sample.inTransaction(tx -> {
                    attempts.incrementAndGet();
                    return tx.jdbc()
                            .sql("do $$ begin raise exception 'a conflict' using errcode = '40001'; end $$")
                            .update();
                })));
        assertThat(attempts).hasValue(6);
        assertThat(retries("serialization")).isEqualTo(before + 5);
    }

    @Test
    void valuesWithoutAJdbcTypeArePassed() {
        Instant now = Instant.parse("2026-01-02T03:04:05.678901Z");
        UUID id = Ids.next();
        String text = context.supply(() -> sample.inTransaction(tx -> tx.jdbc()
                .sql("""
                        select jsonb_build_array(:uuids, :texts::text, :ints, :longs, :numbers, :flags, :json, :jsons,
                               :missing::jsonb, :instant = (:instants)[1], cardinality(:nothing))::text
                        """)
                .param("uuids", Sql.uuidArray(List.of(id)))
                .param("texts", Sql.textArray(List.of("a,\"b", "c")))
                .param("ints", Sql.intArray(new int[] {1, 2}))
                .param("longs", Sql.longArray(List.of(3L)))
                .param("numbers", Sql.numericArray(List.of(new BigDecimal("1.50"))))
                .param("flags", Sql.booleanArray(List.of(true)))
                .param("json", Sql.json("{\"k\": 1}"))
                .param("jsons", Sql.jsonArray(List.of("{\"k\": 2}")))
                .param("missing", Sql.json(null))
                .param("instant", Sql.timestamp(now))
                .param("instants", Sql.timestampArray(List.of(now)))
                .param("nothing", Sql.intArray(List.of()))
                .query(String.class)
                .single()));
        assertThat(text)
                .isEqualTo("[[\"" + id + "\"], \"{\\\"a,\\\\\\\"b\\\",c}\", [1, 2], [3], [1.50], [true], "
                        + "{\"k\": 1}, [{\"k\": 2}], null, true, 0]");
    }

    @Test
    void theWorkersConnectionsCommitByThemselves() throws SQLException {
        sample.asWorker(tx -> null);
        try (Connection connection = sample.workerDataSource().getConnection()) {
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }
}
