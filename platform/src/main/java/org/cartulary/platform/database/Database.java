package org.cartulary.platform.database;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.cartulary.platform.context.RequestContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLState;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * The database of one service; a tenant's placement says where its rows are. Everything happens in transactions, one at a
 * time on a thread, so that no other service
 * is called while one is open. A transaction that fails because it met another one (a deadlock or a serialization
 * failure) is run again up to five times. Safe for use by several threads.
 */
public final class Database {

    private static final ScopedValue<OpenTransaction> OPEN = ScopedValue.newInstance();
    private static final String BIND = """
            select set_config('app.tenant_id', ?, true),
                   set_config('app.principal_id', ?, true),
                   set_config('app.principal_kind', ?, true)""";

    /** Besides, what takes lists is planned once for all lengths, and not anew for each: that costs more than what it does. */
    private static final String BIND_FOR_BATCH = BIND + """
            , set_config('lock_timeout', ?, true), set_config('plan_cache_mode', 'force_generic_plan', true)""";

    /** Whoever acts for a vendor sees what is the vendor's. Others have no vendor: nobody leaves one in the session. */
    private static final String BIND_FOR_VENDOR = BIND + ", set_config('app.vendor_id', ?, true)";

    private static final SQLExceptionTranslator TRANSLATOR = new SQLExceptionSubclassTranslator();

    private final String service;
    private final PlacedPools places;
    private final ConflictRetries retries;
    private final JdbcClient jdbc;
    private final MeterRegistry meters;
    private final Map<Class<?>, Object> companions = new ConcurrentHashMap<>();
    private final List<Consumer<UUID>> commitListeners = new CopyOnWriteArrayList<>();

    Database(String service, PlacedPools places, MeterRegistry meters) {
        this.service = service;
        this.places = places;
        this.retries = new ConflictRetries(service, meters);
        this.meters = meters;
        this.jdbc = JdbcClient.create(new CountedStatements(service, new CurrentConnection(this::currentConnection)));
    }

    /** The name of the service this database belongs to. */
    public String service() {
        return service;
    }

    /** Where what happens in this database is measured. */
    public MeterRegistry meters() {
        return meters;
    }

    /**
     * The one object of a type that belongs to this database, made by whoever asks first.
     *
     * @param creation makes it; it must not ask for another companion
     */
    public <T> T companion(Class<T> type, Function<Database, T> creation) {
        return type.cast(companions.computeIfAbsent(type, missing -> creation.apply(this)));
    }

    /**
     * Has the listener told of every transaction of a tenant that may have written, in this process, as soon as it is
     * committed: before whoever ran it goes on, by its thread. For what must not depend on each writer's remembering it.
     *
     * @param listener gets the tenant; quick, and it throws nothing
     */
    public void afterEveryCommit(Consumer<UUID> listener) {
        commitListeners.add(listener);
    }

    /**
     * Runs the work in a transaction (READ COMMITTED) that sees and writes the current tenant's rows only.
     *
     * @throws java.util.NoSuchElementException if the current context has no tenant
     * @throws IllegalStateException if a transaction is open on this thread already
     * @throws DataAccessException if the database refuses the work
     */
    public <T extends @Nullable Object> T inTransaction(TransactionWork<T> work) {
        return run(places.of(RequestContext.currentTenant()).app(), false, null, work);
    }

    /**
     * As {@link #inTransaction(TransactionWork)}, for batches: work of statements that take lists, and that rather fails than
     * wait longer for a lock.
     *
     * @param longestLockWait at least 1 ms, for each lock
     */
    public <T extends @Nullable Object> T inBatch(Duration longestLockWait, TransactionWork<T> work) {
        return run(places.of(RequestContext.currentTenant()).app(), false, longestLockWait, work);
    }

    /** As {@link #inTransaction}, for work that writes nothing; the database refuses writes. */
    public <T extends @Nullable Object> T inReadTransaction(TransactionWork<T> work) {
        return run(places.of(RequestContext.currentTenant()).app(), true, null, work);
    }

    /**
     * Runs the work in a transaction that sees and writes all tenants' rows of one place: for relays and jobs. A context is
     * not needed, but its tenant and principal are bound where there is one, and the place is that of the tenant; otherwise
     * it is the shared one.
     */
    public <T extends @Nullable Object> T asWorker(TransactionWork<T> work) {
        RequestContext context = RequestContext.currentOrNull();
        return run(places.of(context == null ? null : context.tenantId()).worker(), false, null, work);
    }

    /**
     * As {@link #asWorker}, once in every place where tenants have their rows, for work that is about several tenants.
     *
     * @return what each place answers, the shared one first
     */
    public <T> List<T> asWorkerEverywhere(TransactionWork<T> work) {
        return places.everywhere().stream()
                .map(place -> run(place.worker(), false, null, work))
                .toList();
    }

    /**
     * Runs the work in a transaction that sees one snapshot (REPEATABLE READ) of all tenants' rows of the shared place and
     * writes nothing.
     */
    public <T extends @Nullable Object> T asReadonly(TransactionWork<T> work) {
        return run(places.of(null).readonly(), true, null, work);
    }

    /** Connections of the worker role to the shared place, which see all tenants' rows there, for libraries that manage transactions themselves. */
    public DataSource workerDataSource() {
        return places.of(null).worker().dataSource();
    }

    /**
     * Makes sure that no transaction is open on this thread, because what follows takes long or cannot be rolled back.
     *
     * @param what what follows, for the message
     * @throws IllegalStateException if one is open, which is a defect of the caller
     */
    public static void requireNoTransaction(String what) {
        if (OPEN.isBound()) {
            throw new IllegalStateException(
                    what + " must wait until the transaction of " + OPEN.get().service() + " has ended");
        }
    }

    private <T extends @Nullable Object> T run(
            FairPool pool, boolean readOnly, @Nullable Duration longestLockWait, TransactionWork<T> work) {
        requireNoTransaction("a transaction of " + service);
        SqlUse whole = SqlUse.currentOrNull();
        for (int retry = 0; ; retry++) {
            SqlUse use = SqlUse.begin(whole != null && whole.keepsTexts());
            try {
                T answer = use.count(() -> attempt(pool, readOnly, longestLockWait, work));
                addTo(whole, use);
                return answer;
            } catch (RuntimeException failure) {
                if (!retries.pauseBeforeRetry(retry, failure)) {
                    addTo(whole, use);
                    throw failure;
                }
            }
        }
    }

    /** An attempt that is run again is not counted: that somebody else was met by chance is not what the work costs. */
    private static void addTo(@Nullable SqlUse whole, SqlUse attempt) {
        if (whole != null) {
            whole.add(attempt);
        }
    }

    private <T extends @Nullable Object> T attempt(
            FairPool pool, boolean readOnly, @Nullable Duration longestLockWait, TransactionWork<T> work) {
        OpenTransaction transaction;
        T answer;
        try (FairPool.Lent lent = pool.lend()) {
            Connection connection = lent.connection();
            transaction = new OpenTransaction(this, connection, jdbc);
            SqlUse.transaction();
            connection.setAutoCommit(false);
            connection.setReadOnly(readOnly);
            answer = commitOrRollBack(transaction, readOnly, longestLockWait, work);
        } catch (SQLException failure) {
            throw translated(failure);
        }
        if (!readOnly) {
            Work.committed();
            tellOfCommit();
        }
        transaction.runAfterCommit();
        return answer;
    }

    private void tellOfCommit() {
        RequestContext context = RequestContext.currentOrNull();
        if (context != null && context.tenantId() != null) {
            UUID tenantId = context.tenantId();
            commitListeners.forEach(listener -> listener.accept(tenantId));
        }
    }

    private static <T extends @Nullable Object> T commitOrRollBack(
            OpenTransaction transaction, boolean readOnly, @Nullable Duration longestLockWait, TransactionWork<T> work)
            throws SQLException {
        Connection connection = transaction.connection();
        try {
            bindContext(transaction.service(), connection, longestLockWait);
            T answer = ScopedValue.where(OPEN, transaction).call(() -> work.run(transaction));
            requireNotFailed(connection);
            if (!readOnly) {
                Work.committing();
            }
            connection.commit();
            return answer;
        } catch (Throwable failure) {
            try {
                connection.rollback();
            } catch (SQLException rollbackFailure) {
                failure.addSuppressed(rollbackFailure);
            }
            throw failure;
        }
    }

    /** After a failed statement PostgreSQL answers COMMIT with a rollback, which the driver does not report. */
    private static void requireNotFailed(Connection connection) throws SQLException {
        if (connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED) {
            throw new SQLException(
                    "the transaction cannot commit, because one of its statements failed",
                    PSQLState.IN_FAILED_SQL_TRANSACTION.getState());
        }
    }

    /** The settings end with the transaction. The driver sends BEGIN along with this statement. */
    private static void bindContext(String service, Connection connection, @Nullable Duration longestLockWait)
            throws SQLException {
        RequestContext context = RequestContext.currentOrNull();
        if (context == null) {
            return;
        }
        UUID vendorId = context.principal().vendorId();
        if (vendorId != null && longestLockWait != null) {
            throw new IllegalStateException("a batch is shared by callers, and is none of a vendor's");
        }
        String settings = longestLockWait != null ? BIND_FOR_BATCH : vendorId != null ? BIND_FOR_VENDOR : BIND;
        try (PreparedStatement bind = connection.prepareStatement(settings)) {
            SqlUse.statement(service, bind);
            bind.setString(1, textOf(context.tenantId()));
            bind.setString(2, textOf(context.principal().id()));
            bind.setString(3, context.principal().kind().name());
            if (longestLockWait != null) {
                bind.setString(4, Long.toString(longestLockWait.toMillis()));
            } else if (vendorId != null) {
                bind.setString(4, vendorId.toString());
            }
            bind.execute();
        }
    }

    private static String textOf(@Nullable UUID id) {
        return id == null ? "" : id.toString();
    }

    /** A transaction that was kept after its end, or given to another thread, would write into somebody else's. */
    static void requireCurrent(OpenTransaction transaction) {
        if (!OPEN.isBound() || OPEN.get() != transaction) {
            throw new IllegalStateException(
                    "this transaction of " + transaction.service() + " is not the one open on this thread");
        }
    }

    private Connection currentConnection() {
        if (!OPEN.isBound() || OPEN.get().database() != this) {
            throw new IllegalStateException("no transaction of " + service + " is open on this thread");
        }
        return OPEN.get().connection();
    }

    static DataAccessException translated(SQLException failure) {
        DataAccessException translated = TRANSLATOR.translate("transaction", null, failure);
        return translated == null ? new UncategorizedSQLException("transaction", null, failure) : translated;
    }

    void close() {
        places.close();
    }
}
