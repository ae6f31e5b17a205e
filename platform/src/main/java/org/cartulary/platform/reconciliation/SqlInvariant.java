package org.cartulary.platform.reconciliation;

import java.util.List;
import java.util.stream.Stream;
import org.cartulary.platform.audit.AuditChains;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;

/**
 * An invariant that a service checks with SQL in its own database. Immutable.
 *
 * @param name a stable name such as {@code stock-equals-movements}
 * @param description the invariant as a sentence
 * @param rows a FROM clause with the rows that are looked at
 * @param breach the condition under which a row breaks it
 * @param example an expression that says in words, with its ids, which row it is
 */
public record SqlInvariant(String name, String description, String rows, String breach, String example) {

    /** What holds in the platform's own tables of every service's database, once all work is done. */
    private static final List<SqlInvariant> OF_EVERY_DATABASE = List.of(
            new SqlInvariant(
                    "no-event-left",
                    "every event was delivered",
                    "(SELECT true) one LEFT JOIN outbox_events e ON true",
                    "e.id IS NOT NULL AND e.dead_at IS NULL",
                    "format('event %s %s of %s %s, attempt %s', e.event_type, e.id, e.aggregate_type, e.aggregate_id,"
                            + " e.attempts)"),
            new SqlInvariant(
                    "no-dead-letter",
                    "no event was given up",
                    "(SELECT true) one LEFT JOIN outbox_events e ON true",
                    "e.dead_at IS NOT NULL",
                    "format('event %s %s of %s %s: %s', e.event_type, e.id, e.aggregate_type, e.aggregate_id, e.last_error)"),
            new SqlInvariant(
                    "no-unusable-record",
                    "every record that the broker brought could be used",
                    "(SELECT true) one LEFT JOIN unusable_records r ON true",
                    "r.topic IS NOT NULL",
                    "format('record %s of partition %s of %s: %s', r.topic_offset, r.topic_partition, r.topic, r.reason)"),
            new SqlInvariant(
                    "no-saga-stuck",
                    "every saga came to its end within five minutes, and none waits for an operator",
                    "(SELECT true) one LEFT JOIN saga_instances s ON s.status IN ('started', 'compensating', 'failed')",
                    "s.status = 'failed' OR s.created_at < clock_timestamp() - interval '5 minutes'",
                    "format('saga %s %s of tenant %s is %s at step %s since %s: %s', s.saga_type, s.saga_id, s.tenant_id,"
                            + " s.status, s.current_step, s.created_at, s.error)"),
            new SqlInvariant(
                    "events-are-stored",
                    "every event that waits for its delivery is in the event store",
                    "outbox_events e LEFT JOIN domain_events d ON d.tenant_id = e.tenant_id"
                            + " AND d.aggregate_type = e.aggregate_type AND d.aggregate_id = e.aggregate_id"
                            + " AND d.aggregate_version = e.aggregate_version AND d.occurred_at = e.occurred_at"
                            + " AND d.id = e.id",
                    "d.id IS NULL",
                    "format('event %s %s of %s %s', e.event_type, e.id, e.aggregate_type, e.aggregate_id)"),
            new SqlInvariant(
                    "stream-heads-match-events",
                    "the head of a stream says the version of its last event, and how many it has",
                    """
                    event_streams s FULL JOIN (SELECT tenant_id, aggregate_type, aggregate_id,
                                                      max(aggregate_version) AS version, count(*) AS events
                                               FROM domain_events
                                               GROUP BY tenant_id, aggregate_type, aggregate_id) d
                      USING (tenant_id, aggregate_type, aggregate_id)""",
                    "s.version IS DISTINCT FROM d.version OR s.event_count IS DISTINCT FROM d.events",
                    "format('%s %s: version %s with %s events, its head says %s and %s', aggregate_type, aggregate_id,"
                            + " d.version, d.events, s.version, s.event_count)"),
            new SqlInvariant(
                    "event-partitions-ahead",
                    "the event store has partitions for this month and the next",
                    "generate_series(0, 1) AS ahead",
                    "to_regclass('public.domain_events_p' || to_char(date_trunc('month', now() AT TIME ZONE 'UTC')"
                            + " + make_interval(months => ahead), 'YYYY_MM')) IS NULL",
                    "format('no partition %s months ahead', ahead)"),
            new SqlInvariant(
                    "operator-actions-are-as-audited",
                    "every operator's action is what the audit log knows of it",
                    "operator_actions o LEFT JOIN audit_log a ON a.tenant_id = o.tenant_id AND a.id = o.id",
                    """
                    a.id IS NULL OR a.details::jsonb ->> 'sha256' IS DISTINCT FROM encode(sha256(convert_to(
                        jsonb_build_array(o.act, o.subject_kind, o.subject_id, o.principal_kind, o.principal_id, o.trace_id,
                                          o.reason, o.state_before, o.state_after)::text, 'UTF8')), 'hex')""",
                    "format('action %s of tenant %s', o.id, o.tenant_id)"),
            new SqlInvariant(
                    "event-positions-are-past",
                    "no stored event belongs to a transaction that has not begun yet, as after a restore from a dump",
                    "(SELECT max(transaction_id) AS last FROM domain_events) e",
                    "e.last >= pg_snapshot_xmax(pg_current_snapshot())",
                    "format('an event of transaction %s', e.last)"));

    /**
     * An invariant that is checked by one query.
     *
     * @param query answers a row for each thing that is looked at, whose one column {@code breach} says in words what is
     *     wrong with it, or is NULL
     */
    public static SqlInvariant ofQuery(String name, String description, String query) {
        return new SqlInvariant(
                name, description, "(" + query + ") AS looked", "looked.breach IS NOT NULL", "looked.breach");
    }

    /**
     * An invariant whose breaches are listed by a query of their own.
     *
     * @param counted a FROM clause, with its WHERE, of the things that are looked at; these are at least as many as breaches
     * @param breaches answers a text for each breach
     */
    public static SqlInvariant ofListing(String name, String description, String counted, String breaches) {
        return ofQuery(name, description, """
                WITH broken (breach) AS MATERIALIZED (%s)
                SELECT coalesce(breach, 'a row without a description') AS breach FROM broken
                UNION ALL
                (SELECT NULL FROM %s OFFSET (SELECT count(*) FROM broken))
                """.formatted(breaches, counted));
    }

    /** Checks the invariants and those of every database over all tenants, in one snapshot of the service's database. */
    public static List<InvariantResult> check(Database database, List<SqlInvariant> invariants) {
        return database.asReadonly(tx -> Stream.concat(
                        Stream.concat(invariants.stream(), OF_EVERY_DATABASE.stream())
                                .map(invariant -> invariant.check(tx, database.service())),
                        Stream.of(AuditChains.invariant(
                                database.service(), AuditChains.check(tx, database.service(), List.of()))))
                .toList());
    }

    private InvariantResult check(Transaction tx, String service) {
        record Counts(long checked, long breaches) {}
        Counts counts = tx.jdbc()
                .sql("SELECT count(*) AS checked, count(*) FILTER (WHERE " + breach + ") AS breaches FROM " + rows)
                .query((row, number) -> new Counts(row.getLong("checked"), row.getLong("breaches")))
                .single();
        List<String> examples = counts.breaches() == 0
                ? List.of()
                : tx.jdbc()
                        .sql("SELECT " + example + " FROM " + rows + " WHERE " + breach + " LIMIT "
                                + InvariantResult.MAX_EXAMPLES)
                        .query(String.class)
                        .list();
        return new InvariantResult(service, name, description, counts.checked(), counts.breaches(), examples);
    }
}
