package org.cartulary.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The PostgreSQL under the platform, as its superuser sees it. Thread-safe. */
final class Cluster {

    /** What decides how fast a commit is and how safe; read back from the server and printed with the results. */
    private static final List<String> SETTINGS = List.of(
            "server_version",
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "wal_sync_method",
            "wal_level",
            "commit_delay",
            "shared_buffers",
            "max_wal_size",
            "checkpoint_timeout",
            "max_connections",
            "data_checksums");

    private final Path folder;
    private final long pid;
    private final int port;
    private final String password;

    private Cluster(Path folder, long pid, int port, String password) {
        this.folder = folder;
        this.pid = pid;
        this.port = port;
        this.password = password;
    }

    /** The running cluster in this folder. */
    static Cluster in(Path folder) {
        try {
            List<String> postmaster = Files.readAllLines(folder.resolve("postmaster.pid"));
            return new Cluster(
                    folder,
                    Long.parseLong(postmaster.get(0).strip()),
                    Integer.parseInt(postmaster.get(3).strip()),
                    Files.readString(folder.resolve("cartulary.password")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    long pid() {
        return pid;
    }

    int port() {
        return port;
    }

    String user() {
        return "postgres";
    }

    String password() {
        return password;
    }

    /** A connection of the superuser, whom no policy binds. */
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, user(), password);
    }

    /** Executes statements, separated by semicolons, each as a transaction of its own. */
    void execute(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new BenchmarkException("the cluster refuses: " + e.getMessage(), e);
        }
    }

    /** The only row that the query finds, by column. */
    Map<String, String> row(String database, String query) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            Map<String, String> row = new LinkedHashMap<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                row.put(rows.getMetaData().getColumnLabel(column), String.valueOf(rows.getString(column)));
            }
            return row;
        } catch (SQLException e) {
            throw new BenchmarkException("the cluster refuses: " + e.getMessage(), e);
        }
    }

    /** Has all tables of all databases analysed, as autovacuum would in the next minute. */
    void analyze() {
        everywhere("ANALYZE");
    }

    /** Clears up after what was measured, so that what is measured next does not pay for it. */
    void settle() {
        everywhere("VACUUM");
        execute("postgres", "CHECKPOINT");
    }

    private void everywhere(String statement) {
        String names = row("postgres", """
                SELECT string_agg(datname, ',') AS names FROM pg_database WHERE datallowconn AND NOT datistemplate
                """).getOrDefault("names", "");
        for (String database : names.split(",", -1)) {
            execute(database, statement);
        }
    }

    /** The settings as the server itself says they are, and what single roles or databases have instead. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : SETTINGS) {
            settings.putAll(row("postgres", "SHOW " + name));
        }
        settings.put(
                "set for roles or databases",
                row(
                                "postgres",
                                "SELECT coalesce(string_agg(DISTINCT setting, ', '), 'nothing') AS all"
                                        + " FROM pg_db_role_setting, unnest(setconfig) AS setting")
                        .getOrDefault("all", ""));
        return settings;
    }

    /** What the cluster has counted since it was made. */
    record Counters(long transactions, long writingTransactions, long walBytes, long walSyncs) {

        Counters since(Counters before) {
            return new Counters(
                    transactions - before.transactions,
                    writingTransactions - before.writingTransactions,
                    walBytes - before.walBytes,
                    walSyncs - before.walSyncs);
        }
    }

    /** Reads the counters. */
    Counters counters() {
        Map<String, String> row = row("postgres", """
                SELECT (SELECT sum(xact_commit + xact_rollback) FROM pg_stat_database)::bigint AS transactions,
                       pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS writing,
                       pg_current_wal_insert_lsn() - '0/0' AS wal_bytes,
                       (SELECT sum(fsyncs) FROM pg_stat_io WHERE object = 'wal')::bigint AS wal_syncs
                """);
        return new Counters(
                Long.parseLong(row.getOrDefault("transactions", "0")),
                Long.parseLong(row.getOrDefault("writing", "0")),
                Long.parseLong(row.getOrDefault("wal_bytes", "0")),
                Long.parseLong(row.getOrDefault("wal_syncs", "0")));
    }
}
