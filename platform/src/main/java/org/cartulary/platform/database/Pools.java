package org.cartulary.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** One pool of connections for each role a running service uses. Each connects when it is first asked, not before. */
final class Pools implements AutoCloseable {

    /**
     * How long a transaction may hold its locks without a word: what a lost connection leaves behind on the server. Reports
     * read their results page by page and do other work between the pages.
     */
    private static final Duration IDLE_IN_REQUEST = Duration.ofSeconds(15);

    private static final Duration IDLE_IN_JOB = Duration.ofMinutes(1);
    private static final Duration IDLE_IN_REPORT = Duration.ofMinutes(10);

    private final FairPool app;
    private final FairPool worker;
    private final FairPool readonly;

    Pools(ServiceDatabase target, DatabaseSettings.PoolSizes sizes, StatementLimits limits, MeterRegistry meters)
            throws SQLException {
        Duration leaks = sizes.leakDetection();
        HikariDataSource forApp = pool(target, target.app(), new Limits(limits.app(), IDLE_IN_REQUEST), leaks, meters);
        HikariDataSource forWorker =
                pool(target, target.worker(), new Limits(limits.worker(), IDLE_IN_JOB), leaks, meters);
        HikariDataSource forReadonly =
                pool(target, target.readonly(), new Limits(limits.readonly(), IDLE_IN_REPORT), leaks, meters);
        forReadonly.setReadOnly(true);
        forReadonly.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        app = FairPool.of(forApp, sizes.app(), Math.min(sizes.appIdle(), sizes.app()), meters);
        worker = FairPool.of(forWorker, sizes.worker(), 0, meters);
        readonly = FairPool.of(forReadonly, sizes.readonly(), 0, meters);
    }

    /** How long a statement, and a transaction between its statements, may keep a session. */
    private record Limits(Duration statement, Duration idle) {

        String sessionOptions() {
            return "-c statement_timeout=%ds -c idle_in_transaction_session_timeout=%ds"
                    .formatted(statement.toSeconds(), idle.toSeconds());
        }
    }

    private static HikariDataSource pool(
            ServiceDatabase target, String role, Limits limits, Duration leaks, MeterRegistry meters)
            throws SQLException {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(target.name() + ":" + role);
        Properties session = target.sessionProperties();
        session.setProperty("options", limits.sessionOptions());
        session.setProperty("socketFactory", WatchedSocketFactory.class.getName());
        session.setProperty("socketFactoryArg", Long.toString(StatementLimits.silenceSeconds(limits.statement())));
        pool.setDataSource(target.connections(role, session));
        pool.setInitializationFailTimeout(-1);
        pool.setLeakDetectionThreshold(leaks.toMillis());
        pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        return pool;
    }

    FairPool app() {
        return app;
    }

    FairPool worker() {
        return worker;
    }

    FairPool readonly() {
        return readonly;
    }

    @Override
    public void close() {
        app.close();
        worker.close();
        readonly.close();
    }
}
