package org.cartulary.platform.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;

/** The events of a database that could not be delivered, of all tenants: for operators. Thread-safe. */
public final class DeadLetters {

    private static final String SELECT = """
            SELECT e.*, (SELECT count(*)
                         FROM outbox_events w
                         WHERE w.tenant_id = e.tenant_id AND w.aggregate_type = e.aggregate_type
                           AND w.aggregate_id = e.aggregate_id AND w.position > e.position) AS waiting
            FROM outbox_events e
            WHERE e.dead_at IS NOT NULL
            ORDER BY e.position
            LIMIT :limit
            """;

    private final Database database;
    private final OutboxRelay relay;

    /** The dead letters of a database. */
    public DeadLetters(Database database, EventBus bus) {
        this.database = database;
        this.relay = bus.relayOf(database);
    }

    /** The dead letters, the oldest first. */
    public List<DeadLetter> list(int limit) {
        return database.asWorker(tx -> tx.jdbc()
                .sql(SELECT)
                .param("limit", limit)
                .query((row, number) -> read(row))
                .list());
    }

    /**
     * Delivers the event again, and then those behind it, in order.
     *
     * @return whether there is such a dead letter
     */
    public boolean replay(UUID tenantId, UUID eventId) {
        return database.asWorker(tx -> revive(
                        tx,
                        tx.jdbc()
                                .sql("""
                                        UPDATE outbox_events
                                        SET dead_at = NULL, attempts = 0, next_attempt_at = clock_timestamp()
                                        WHERE tenant_id = :tenantId AND id = :id AND dead_at IS NOT NULL
                                        """)
                                .param("tenantId", tenantId)
                                .param("id", eventId)
                                .update()))
                == 1;
    }

    /**
     * Delivers all dead letters again.
     *
     * @return how many there are
     */
    public int replayAll() {
        return database.asWorker(tx -> revive(tx, tx.jdbc().sql("""
                                UPDATE outbox_events
                                SET dead_at = NULL, attempts = 0, next_attempt_at = clock_timestamp()
                                WHERE dead_at IS NOT NULL
                                """).update()));
    }

    private int revive(Transaction tx, int revived) {
        tx.afterCommit(relay::wake);
        return revived;
    }

    private static DeadLetter read(ResultSet row) throws SQLException {
        return new DeadLetter(
                OutboxStore.event(row),
                row.getInt("attempts"),
                OutboxStore.instant(row, "dead_at"),
                row.getString("last_error"),
                row.getLong("waiting"));
    }
}
