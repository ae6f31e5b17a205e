package org.cartulary.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.Properties;

/** One pool of connections for each role a running service uses. Each connects when it is first asked, not before. */
final class Pools implements AutoCloseable {

    private static final long LONGEST_WAIT_FOR_A_CONNECTION_MILLIS = 10_000;
    private static final String SHORT_STATEMENTS =
            "-c statement_timeout=30s -c idle_in_transaction_session_timeout=15s";
    private static final String LONG_STATEMENTS = "-c idle_in_transaction_session_timeout=600s";

    private final HikariDataSource app;
    private final HikariDataSource worker;
    private final HikariDataSource readonly;

    Pools(ServiceDatabase target, DatabaseSettings.PoolSizes sizes, MeterRegistry meters) throws SQLException {
        app = pool(target, target.app(), SHORT_STATEMENTS, sizes, meters);
        app.setMaximumPoolSize(sizes.app());
        app.setMinimumIdle(Math.min(sizes.appIdle(), sizes.app()));
        worker = pool(target, target.worker(), LONG_STATEMENTS, sizes, meters);
        worker.setMaximumPoolSize(sizes.worker());
        worker.setMinimumIdle(0);
        readonly = pool(target, target.readonly(), LONG_STATEMENTS, sizes, meters);
        readonly.setMaximumPoolSize(sizes.readonly());
        readonly.setMinimumIdle(0);
        readonly.setReadOnly(true);
        readonly.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    }

    private static HikariDataSource pool(
            ServiceDatabase target,
            String role,
            String sessionOptions,
            DatabaseSettings.PoolSizes sizes,
            MeterRegistry meters)
            throws SQLException {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(target.name() + ":" + role);
        pool.setJdbcUrl(target.url());
        pool.setUsername(role);
        pool.setPassword(target.password(role));
        Properties session = target.sessionProperties();
        session.setProperty("options", sessionOptions);
        pool.setDataSourceProperties(session);
        pool.setConnectionTimeout(LONGEST_WAIT_FOR_A_CONNECTION_MILLIS);
        pool.setInitializationFailTimeout(-1);
        pool.setLeakDetectionThreshold(sizes.leakDetection().toMillis());
        pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        return pool;
    }

    HikariDataSource app() {
        return app;
    }

    HikariDataSource worker() {
        return worker;
    }

    HikariDataSource readonly() {
        return readonly;
    }

    @Override
    public void close() {
        app.close();
        worker.close();
        readonly.close();
    }
}
