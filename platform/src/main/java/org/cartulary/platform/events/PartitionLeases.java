package org.cartulary.platform.events;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Who may deliver which partitions of a queue, and for how long. It goes by the clock of the database only. */
final class PartitionLeases {

    private final Database database;
    private final EventQueue queue;

    PartitionLeases(Database database, EventQueue queue) {
        this.database = database;
        this.queue = queue;
    }

    /**
     * Says that the relay is alive, prolongs its leases and takes partitions that nobody holds, up to its fair share; what
     * it holds beyond that it hands back. A lease that was not held without interruption gets a new token, so that whatever
     * its former holder still does is refused. The relay must have no delivery under way.
     *
     * @return the tokens of the partitions that the relay now holds
     */
    Map<Integer, Long> lease(UUID relay, Duration length) {
        return database.asWorker(tx -> {
            announce(tx, relay, length);
            int share = share(tx);
            handBackSurplus(tx, relay, share);
            return take(tx, relay, length, share);
        });
    }

    private void announce(Transaction tx, UUID relay, Duration length) {
        sql(tx, """
                WITH gone AS (
                    DELETE FROM event_relays
                    WHERE relay IN (SELECT relay
                                    FROM event_relays
                                    WHERE alive_until < clock_timestamp() - interval '1 hour'
                                    FOR UPDATE SKIP LOCKED))
                INSERT INTO event_relays (relay, queue, alive_until)
                VALUES (:relay, :queue, clock_timestamp() + make_interval(secs => cast(:seconds AS double precision)))
                ON CONFLICT (relay) DO UPDATE SET alive_until = excluded.alive_until
                """)
                .param("relay", relay)
                .param("queue", queue.word())
                .param("seconds", seconds(length))
                .update();
    }

    /** The partitions divided by the relays that live, rounded up so that none is left over. */
    private int share(Transaction tx) {
        return sql(tx, """
                SELECT cast(ceil(cast(:partitions AS numeric) / greatest(count(*), 1)) AS integer)
                FROM event_relays
                WHERE queue = :queue AND alive_until > clock_timestamp()
                """)
                .param("partitions", Outbox.PARTITIONS)
                .param("queue", queue.word())
                .query(Integer.class)
                .single();
    }

    private void handBackSurplus(Transaction tx, UUID relay, int share) {
        sql(tx, """
                UPDATE $queue_partitions
                SET lease_owner = NULL, lease_until = NULL
                WHERE lease_owner = :relay
                  AND partition IN (SELECT partition
                                    FROM $queue_partitions
                                    WHERE lease_owner = :relay
                                    ORDER BY partition
                                    OFFSET :share
                                    FOR UPDATE SKIP LOCKED)
                """).param("relay", relay).param("share", share).update();
    }

    private Map<Integer, Long> take(Transaction tx, UUID relay, Duration length, int share) {
        return sql(tx, """
                UPDATE $queue_partitions
                SET lease_token = CASE WHEN lease_owner = :relay AND lease_until > clock_timestamp()
                                       THEN lease_token ELSE lease_token + 1 END,
                    lease_owner = :relay,
                    lease_until = clock_timestamp() + make_interval(secs => cast(:seconds AS double precision))
                WHERE partition IN (SELECT partition
                                    FROM $queue_partitions
                                    WHERE lease_owner = :relay OR lease_owner IS NULL
                                       OR lease_until <= clock_timestamp()
                                    ORDER BY coalesce(lease_owner = :relay, false) DESC, partition
                                    LIMIT :share
                                    FOR UPDATE SKIP LOCKED)
                RETURNING partition, lease_token
                """)
                .param("relay", relay)
                .param("seconds", seconds(length))
                .param("share", share)
                .query((row, number) -> Map.entry(row.getInt("partition"), row.getLong("lease_token")))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Gives the leases of the relay back, which is no longer alive. */
    void release(UUID relay) {
        database.asWorker(tx -> {
            sql(tx, "DELETE FROM event_relays WHERE relay = :relay")
                    .param("relay", relay)
                    .update();
            return sql(
                            tx,
                            "UPDATE $queue_partitions SET lease_owner = NULL, lease_until = NULL"
                                    + " WHERE lease_owner = :relay")
                    .param("relay", relay)
                    .update();
        });
    }

    /** The partitions whose tokens are good, which nobody can take before this transaction ends. */
    Set<Integer> held(Transaction tx, UUID relay, Map<Integer, Long> tokens) {
        List<Integer> partitions = List.copyOf(tokens.keySet());
        return Set.copyOf(sql(tx, """
                SELECT p.partition
                FROM $queue_partitions p
                JOIN unnest(cast(:partitions AS integer[]), cast(:tokens AS bigint[])) AS t (partition, token)
                  ON p.partition = t.partition AND p.lease_token = t.token
                WHERE p.lease_owner = :relay
                FOR SHARE OF p
                """)
                .param("partitions", Sql.intArray(partitions))
                .param(
                        "tokens",
                        Sql.longArray(partitions.stream().map(tokens::get).toList()))
                .param("relay", relay)
                .query(Integer.class)
                .list());
    }

    private StatementSpec sql(Transaction tx, String statement) {
        return tx.jdbc().sql(queue.in(statement));
    }

    private static double seconds(Duration length) {
        return length.toMillis() / 1000.0;
    }
}
