package org.cartulary.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** The SQL of rebuilds. Thread-safe. */
final class RebuildStore {

    /** How much there is of a generation, and a number that another one has only if all its rows are the same. */
    record Checksum(long rows, String checksum) {}

    /**
     * Begins a rebuild, unless one is under way.
     *
     * @return whether it was begun
     */
    boolean begin(Transaction tx, UUID id) {
        return tx.jdbc().sql("""
                        WITH begun AS (
                            INSERT INTO customer_statistics_generations (state) VALUES ('building')
                            ON CONFLICT DO NOTHING
                            RETURNING generation)
                        INSERT INTO customer_statistics_rebuilds (id, generation)
                        SELECT :id, generation FROM begun
                        """).param("id", id).update() == 1;
    }

    Optional<Rebuild> running(Transaction tx) {
        return tx.jdbc()
                .sql("SELECT * FROM customer_statistics_rebuilds WHERE state = 'running'")
                .query(RebuildStore::rebuild)
                .optional();
    }

    Optional<Rebuild> find(Transaction tx, UUID id) {
        return tx.jdbc()
                .sql("SELECT * FROM customer_statistics_rebuilds WHERE id = :id")
                .param("id", id)
                .query(RebuildStore::rebuild)
                .optional();
    }

    /** The generation that is shown and the one that is built; nobody else moves either until the transaction ends. */
    List<Generation> lockBoth(Transaction tx) {
        return tx.jdbc().sql("""
                        SELECT *
                        FROM customer_statistics_generations
                        WHERE state IN ('live', 'building')
                        ORDER BY generation
                        FOR UPDATE
                        """).query(StatisticsStore::generation).list();
    }

    /** A sum of hashes, which does not depend on the order of the rows. */
    Checksum checksum(Transaction tx, int generation) {
        return tx.jdbc()
                .sql("""
                        SELECT count(*) AS rows, coalesce(sum(hashtextextended(text, 0)::numeric), 0)::text AS checksum
                        FROM (SELECT concat_ws('|', 'statistics', tenant_id, customer_id, currency, orders,
                                         confirmed_orders, cancelled_orders, units, gross, refunded,
                                         extract(epoch FROM first_order_at), extract(epoch FROM last_order_at)) AS text
                              FROM customer_statistics
                              WHERE generation = :generation
                              UNION ALL
                              SELECT concat_ws('|', 'order', tenant_id, order_id, customer_id, currency, total_amount,
                                         refunded_amount, units, extract(epoch FROM placed_at), is_confirmed, is_cancelled)
                              FROM customer_statistics_orders
                              WHERE generation = :generation) AS hashed
                        """)
                .param("generation", generation)
                .query((row, number) -> new Checksum(row.getLong("rows"), row.getString("checksum")))
                .single();
    }

    /** Shows the new generation in the place of the old one, and keeps how they compared. */
    void switchOver(Transaction tx, Generation live, Checksum old, Generation built, Checksum rebuilt) {
        requireOne(tx.jdbc()
                .sql("UPDATE customer_statistics_generations SET state = 'replaced' WHERE generation = :live")
                .param("live", live.number())
                .update());
        requireOne(tx.jdbc()
                .sql("UPDATE customer_statistics_generations SET state = 'live' WHERE generation = :built")
                .param("built", built.number())
                .update());
        requireOne(tx.jdbc()
                .sql("""
                        UPDATE customer_statistics_rebuilds
                        SET state = 'switched', finished_at = clock_timestamp(), events_read = :events,
                            live_rows = :liveRows, live_checksum = :liveChecksum,
                            rebuilt_rows = :rebuiltRows, rebuilt_checksum = :rebuiltChecksum
                        WHERE generation = :built AND state = 'running'
                        """)
                .param("events", built.eventsRead())
                .param("liveRows", old.rows())
                .param("liveChecksum", old.checksum())
                .param("rebuiltRows", rebuilt.rows())
                .param("rebuiltChecksum", rebuilt.checksum())
                .param("built", built.number())
                .update());
    }

    /** Deletes what was replaced. */
    void deleteReplaced(Transaction tx) {
        List<Integer> replaced = tx.jdbc().sql("""
                        SELECT generation FROM customer_statistics_generations WHERE state = 'replaced'
                        FOR UPDATE SKIP LOCKED
                        """).query(Integer.class).list();
        for (int generation : replaced) {
            for (String table :
                    List.of("customer_statistics", "customer_statistics_orders", "customer_statistics_generations")) {
                tx.jdbc()
                        .sql("DELETE FROM " + table + " WHERE generation = :generation")
                        .param("generation", generation)
                        .update();
            }
        }
    }

    private static void requireOne(int changed) {
        if (changed != 1) {
            throw new IllegalStateException("a switch of generations changed " + changed + " rows instead of one");
        }
    }

    private static Rebuild rebuild(ResultSet row, int number) throws SQLException {
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        Instant requestedAt =
                row.getObject("requested_at", OffsetDateTime.class).toInstant();
        Rebuild.@Nullable Result result = finished == null
                ? null
                : Rebuild.Result.of(
                        requestedAt,
                        finished.toInstant(),
                        row.getLong("events_read"),
                        new Checksum(row.getLong("live_rows"), row.getString("live_checksum")),
                        new Checksum(row.getLong("rebuilt_rows"), row.getString("rebuilt_checksum")));
        return new Rebuild(row.getObject("id", UUID.class), row.getString("state"), requestedAt, result);
    }
}
