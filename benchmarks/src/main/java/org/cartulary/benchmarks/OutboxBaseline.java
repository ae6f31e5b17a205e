package org.cartulary.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * The poller that most people write: it takes a hundred events at a time with {@code SKIP LOCKED}, hands each to the
 * consumer, which notes it in a transaction of its own, and marks each as processed.
 */
final class OutboxBaseline {

    private static final int BATCH = 100;

    private final Workbench bench;

    OutboxBaseline(Workbench bench) {
        this.bench = bench;
    }

    /** Delivers events that wait, for as long as is measured. */
    Measurement drain(int waiting) {
        BaselineDatabase.fresh(bench);
        Cluster cluster = bench.platform().cluster();
        cluster.execute(
                BaselineDatabase.NAME,
                "CREATE TABLE inbox (consumer text, event_id uuid, handled_at timestamp DEFAULT current_timestamp,"
                        + " PRIMARY KEY (consumer, event_id))",
                "INSERT INTO outbox (aggregate_id, event_type, event_data) SELECT gen_random_uuid(), 'happened',"
                        + " '{\"note\": \"as many bytes as events usually have\"}' FROM generate_series(1, " + waiting
                        + ")");
        Histogram latencies = new Histogram(3);
        long begun = System.nanoTime();
        long end = begun + bench.settings().measured().toNanos();
        try (Connection poller = cluster.connect(BaselineDatabase.NAME);
                Connection consumer = cluster.connect(BaselineDatabase.NAME);
                PreparedStatement take = poller.prepareStatement(
                        "SELECT id FROM outbox WHERE processed_at IS NULL ORDER BY created_at LIMIT " + BATCH
                                + " FOR UPDATE SKIP LOCKED");
                PreparedStatement mark =
                        poller.prepareStatement("UPDATE outbox SET processed_at = current_timestamp WHERE id = ?");
                PreparedStatement note =
                        consumer.prepareStatement("INSERT INTO inbox (consumer, event_id) VALUES ('noting', ?)")) {
            poller.setAutoCommit(false);
            long done = 0;
            List<UUID> events;
            do {
                events = take(take);
                for (UUID event : events) {
                    note.setObject(1, event);
                    note.executeUpdate();
                    mark.setObject(1, event);
                    mark.executeUpdate();
                }
                poller.commit();
                done += events.size();
            } while (!events.isEmpty() && System.nanoTime() < end);
            Load.Outcome outcome = new Load.Outcome(done, (System.nanoTime() - begun) / 1e9, latencies, Map.of());
            return Measurement.of(OutboxPart.NAME, "a poller with SKIP LOCKED", 1, OutboxPart.UNIT, outcome);
        } catch (SQLException e) {
            throw new BenchmarkException("the cluster refuses: " + e.getMessage(), e);
        }
    }

    private static List<UUID> take(PreparedStatement take) throws SQLException {
        List<UUID> events = new ArrayList<>();
        try (ResultSet rows = take.executeQuery()) {
            while (rows.next()) {
                events.add(rows.getObject(1, UUID.class));
            }
        }
        return events;
    }
}
