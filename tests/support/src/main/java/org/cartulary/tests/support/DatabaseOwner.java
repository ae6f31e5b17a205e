package org.cartulary.tests.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the database that a platform brought along: what nobody may do through the platform, such as to let time pass.
 * The database may be killed and started again meanwhile: whatever is asked for is asked again until it is answered, and has
 * to bear that. Thread-safe; one statement at a time.
 */
public final class DatabaseOwner implements AutoCloseable {

    /** The folder of the cluster below the data directory of a platform. */
    public static final String CLUSTER = "postgres";

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final String SUPERUSER = "postgres";
    private static final int LINE_OF_THE_PORT = 3;

    private final Path cluster;
    private final Map<String, Connection> connections = new HashMap<>();

    /** The owner of the database in the data directory of a platform. */
    public DatabaseOwner(Path dataDirectory) {
        this.cluster = dataDirectory.resolve(CLUSTER);
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    /** Changes rows of a service; how many. */
    public int change(String service, String sql, Object... parameters) {
        return patiently(service, sql, List.of(parameters), PreparedStatement::executeUpdate);
    }

    /**
     * The first column of the only row.
     *
     * @throws AssertionError if there is no row
     */
    public <T> T one(String service, Class<T> type, String sql, Object... parameters) {
        return patiently(service, sql, List.of(parameters), statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new AssertionError("no row is found by " + sql);
                }
                return rows.getObject(1, type);
            }
        });
    }

    /** The first column of all rows. */
    public <T> List<T> all(String service, Class<T> type, String sql, Object... parameters) {
        return patiently(service, sql, List.of(parameters), statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                List<T> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(rows.getObject(1, type));
                }
                return values;
            }
        });
    }

    /** A connection of its own to a service's database, for whoever closes it. */
    public Connection connect(String service) {
        try {
            return open(service);
        } catch (SQLException | IOException e) {
            throw new AssertionError("the database of " + service + " cannot be reached", e);
        }
    }

    private synchronized <T> T patiently(String service, String sql, List<Object> parameters, Work<T> work) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try (PreparedStatement statement = connection(service).prepareStatement(sql)) {
                for (int i = 0; i < parameters.size(); i++) {
                    statement.setObject(i + 1, parameters.get(i));
                }
                return work.on(statement);
            } catch (SQLException | IOException e) {
                forget(service);
                if (System.nanoTime() > end) {
                    throw new AssertionError("after " + LIMIT.toSeconds() + " s still not answered: " + sql, e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private Connection connection(String service) throws SQLException, IOException {
        Connection connection = connections.get(service);
        if (connection == null) {
            connection = open(service);
            connections.put(service, connection);
        }
        return connection;
    }

    private Connection open(String service) throws SQLException, IOException {
        List<String> postmaster = Files.readAllLines(cluster.resolve("postmaster.pid"));
        if (postmaster.size() <= LINE_OF_THE_PORT) {
            throw new IOException("the database is about to start");
        }
        String url = "jdbc:postgresql://127.0.0.1:"
                + postmaster.get(LINE_OF_THE_PORT).strip() + "/" + service + "_db";
        String password =
                Files.readString(cluster.resolve("cartulary.password")).strip();
        return DriverManager.getConnection(url, SUPERUSER, password);
    }

    private void forget(String service) {
        close(connections.remove(service));
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is broken, and that is why it is closed, or the end has come anyway: nothing is kept in it.
                System.getLogger(DatabaseOwner.class.getName())
                        .log(System.Logger.Level.DEBUG, "a connection broke while it was closed", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        connections.values().forEach(DatabaseOwner::close);
        connections.clear();
    }
}
