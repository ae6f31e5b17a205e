package org.cartulary.benchmarks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Counts what clients send to the cluster, by its own log: unlike the extension {@code pg_stat_statements} that is part of
 * every PostgreSQL. It slows the cluster down, so nothing else is measured meanwhile. Used by one thread.
 */
final class StatementLog {

    private static final Pattern BEGINNING = Pattern.compile(
            "^\\S+ \\S+ \\S+ \\[\\d+] (?:\\S+@(\\S+) )?([A-Z]+):  (?:(?:execute [^:]+|statement): )?(.*)$");
    private static final Pattern STATEMENT = Pattern.compile("LOG: {2}(?:execute [^:]+|statement): ");
    private static final Pattern TRANSACTION_CONTROL =
            Pattern.compile("(?i)^(begin|start transaction|commit|rollback|savepoint|release|set session char).*");

    private final Cluster cluster;
    private final Map<Key, Long> counts = new HashMap<>();
    private long offset;
    private double seconds;

    private StatementLog(Cluster cluster) {
        this.cluster = cluster;
    }

    private record Key(String database, String statement) {}

    /** A statement and how often it was sent. */
    record Count(String database, String statement, double calls) {

        boolean isTransactionControl() {
            return TRANSACTION_CONTROL.matcher(statement).matches();
        }
    }

    /** Counts while something is done. */
    static StatementLog during(Cluster cluster, Runnable work) {
        StatementLog log = new StatementLog(cluster);
        log.begin();
        long begun = System.nanoTime();
        try {
            work.run();
        } finally {
            log.seconds = (System.nanoTime() - begun) / 1e9;
            log.end();
        }
        return log;
    }

    private void begin() {
        offset = length();
        cluster.execute(
                "postgres",
                "ALTER SYSTEM SET log_statement = 'all'",
                "ALTER SYSTEM SET log_parameter_max_length = 0",
                "SELECT pg_reload_conf()");
    }

    private void end() {
        cluster.execute(
                "postgres",
                "ALTER SYSTEM RESET log_statement",
                "ALTER SYSTEM RESET log_parameter_max_length",
                "SELECT pg_reload_conf()");
        read(length());
    }

    /** What was sent more often than the other log says for the same time, the most frequent first. */
    List<Count> without(StatementLog other) {
        double share = seconds / other.seconds;
        return counts.entrySet().stream()
                .map(entry -> new Count(
                        entry.getKey().database(),
                        entry.getKey().statement(),
                        entry.getValue() - share * other.counts.getOrDefault(entry.getKey(), 0L)))
                .filter(count -> count.calls() > 0)
                .sorted(Comparator.comparingDouble(Count::calls).reversed().thenComparing(Count::statement))
                .toList();
    }

    private Path file() {
        try (Stream<Path> files = Files.list(cluster.folder().resolve("log"))) {
            return files.max(Comparator.comparingLong(path -> path.toFile().lastModified()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long length() {
        return file().toFile().length();
    }

    private void read(long end) {
        try (RandomAccessFile log = new RandomAccessFile(file().toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(end - offset)];
            log.seek(offset);
            log.readFully(bytes);
            count(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void count(String text) {
        String database = "";
        StringBuilder statement = null;
        for (String line : text.split("\n", -1)) {
            Matcher beginning = BEGINNING.matcher(line);
            if (beginning.matches()) {
                note(database, statement);
                boolean isStatement = STATEMENT.matcher(line).find();
                database = beginning.group(1) == null ? "" : beginning.group(1);
                statement = isStatement ? new StringBuilder(beginning.group(3)) : null;
            } else if (statement != null) {
                statement.append(' ').append(line);
            }
        }
        note(database, statement);
    }

    private void note(String database, @org.jspecify.annotations.Nullable StringBuilder statement) {
        // What this program itself asks is asked of the database postgres, or asks how many events are waiting.
        if (statement != null
                && !database.equals("postgres")
                && !statement.toString().contains("AS waiting")) {
            counts.merge(
                    new Key(
                            database,
                            statement.toString().replaceAll("\\s+", " ").strip()),
                    1L,
                    Long::sum);
        }
    }
}
