package org.cartulary.platform.testing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.DatabaseSettings;
import org.cartulary.platform.database.Databases;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A new database of one service, migrated and empty, for one test class. {@link #close()} drops it. Safe for use by
 * several threads.
 */
public final class TestDatabase implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration POLLING_PAUSE = Duration.ofMillis(10);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final DatabaseSettings settings;
    private final String name;
    private final Databases databases;
    private final Database database;

    private TestDatabase(String service, DatabaseSettings settings) {
        this.settings = settings;
        this.name = settings.databaseNames().apply(service);
        this.databases = new Databases(settings, meters);
        this.database = databases.open(service);
    }

    /**
     * A new database of the service, whose migrations are on the class path. The first of a service takes some
     * hundreds of milliseconds, further ones some tens.
     */
    public static TestDatabase create(String service) {
        return new TestDatabase(service, TestDatabases.settingsFor(service));
    }

    /** The database as the service sees it. */
    public Database database() {
        return database;
    }

    /** For code that opens the service's database itself. */
    public Databases databases() {
        return databases;
    }

    /** The settings with which {@link Databases} find this database. */
    public DatabaseSettings settings() {
        return settings;
    }

    /** The meters of the pools and the retries. */
    public MeterRegistry meters() {
        return meters;
    }

    /** The name of the database on the server. */
    public String name() {
        return name;
    }

    /** The address, without user and password. */
    public String jdbcUrl() {
        return TestDatabases.server().jdbcUrl(name);
    }

    /** The address with the superuser's name and password. */
    public String adminJdbcUrl() {
        return jdbcUrl() + "?user=" + TestDatabases.server().superuser() + "&password="
                + java.net.URLEncoder.encode(
                        TestDatabases.server().password(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Statements of the superuser, whom no policy binds, each in a connection and transaction of its own. */
    public JdbcClient admin() {
        return TestDatabases.admin(name);
    }

    /**
     * Waits until somebody in this database waits for a lock, or the condition holds: for tests that keep a transaction open
     * until another one has met it, and must not hang where that one is not held up.
     *
     * @throws AssertionError if neither comes about within a minute
     */
    public void awaitLockWaitOr(BooleanSupplier condition) {
        await(1, condition);
    }

    /**
     * Waits until so many sessions of this database wait for locks: for tests whose callers are to meet, of whom each must have
     * got as far as it comes while somebody else holds what all of them need.
     *
     * @throws AssertionError if there are not so many within a minute
     */
    public void awaitLockWaits(int sessions) {
        await(sessions, () -> false);
    }

    private void await(int sessions, BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!condition.getAsBoolean() && lockWaits() < sessions) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "there were not " + sessions + " who waited for a lock within " + LONGEST_WAIT);
            }
            LockSupport.parkNanos(POLLING_PAUSE.toNanos());
        }
    }

    private int lockWaits() {
        return admin().sql("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """).query(Integer.class).single();
    }

    @Override
    public void close() {
        databases.close();
        TestDatabases.drop(name);
    }
}
