package org.cartulary.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.customer.OrderChanges.OrderKey;
import org.cartulary.customer.OrderChanges.Placed;
import org.cartulary.customer.OrderChanges.Refunded;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.eventstore.EventPosition;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The SQL of the statistics and their generations. Thread-safe. */
final class StatisticsStore {

    /** The one generation in this state. */
    Optional<Generation> generation(Transaction tx, Generation.State state) {
        return tx.jdbc()
                .sql("SELECT * FROM customer_statistics_generations WHERE state = :state")
                .param("state", word(state))
                .query(StatisticsStore::generation)
                .optional();
    }

    /**
     * Moves a generation on, if it still stands where it stood. Of several nodes that have read the same events one does,
     * and the others wait for its end and then do not.
     */
    boolean move(Transaction tx, Generation generation, EventPosition next, int events) {
        return tx.jdbc()
                        .sql("""
                                UPDATE customer_statistics_generations
                                SET checkpoint_transaction = :transaction, checkpoint_sequence = :sequence,
                                    events_read = events_read + :events, updated_at = clock_timestamp()
                                WHERE generation = :generation AND state <> 'replaced'
                                  AND checkpoint_transaction = :formerTransaction
                                  AND checkpoint_sequence = :formerSequence
                                """)
                        .param("transaction", next.transaction())
                        .param("sequence", next.sequence())
                        .param("events", events)
                        .param("generation", generation.number())
                        .param("formerTransaction", generation.checkpoint().transaction())
                        .param("formerSequence", generation.checkpoint().sequence())
                        .update()
                == 1;
    }

    /** Writes what a page of events says, and reckons the customers anew whom it is about. */
    void apply(Transaction tx, int generation, OrderChanges changes) {
        insert(tx, generation, changes.placed());
        mark(tx, generation, changes.confirmed(), "is_confirmed");
        mark(tx, generation, changes.cancelled(), "is_cancelled");
        refund(tx, generation, changes.refunded());
        reckon(tx, generation, changes.touched());
    }

    private static void insert(Transaction tx, int generation, List<Placed> orders) {
        tx.jdbc()
                .sql("""
                        INSERT INTO customer_statistics_orders
                            (tenant_id, generation, order_id, customer_id, currency, total_amount, units, placed_at)
                        SELECT p.tenant_id, :generation, p.order_id, p.customer_id, p.currency, p.total, p.units, p.placed_at
                        FROM unnest(:tenantIds, :orderIds, :customerIds, :currencies, :totals, :units, :placedAt)
                            AS p (tenant_id, order_id, customer_id, currency, total, units, placed_at)
                        """)
                .param("generation", generation)
                .param("tenantIds", Sql.uuidArray(orders, order -> order.key().tenantId()))
                .param("orderIds", Sql.uuidArray(orders, order -> order.key().orderId()))
                .param("customerIds", Sql.uuidArray(orders, Placed::customerId))
                .param(
                        "currencies",
                        Sql.textArray(orders, order -> order.total().currencyCode()))
                .param("totals", Sql.numericArray(orders, order -> order.total().amount()))
                .param("units", Sql.longArray(orders, Placed::units))
                .param("placedAt", Sql.timestampArray(orders, Placed::placedAt))
                .update();
    }

    private static void mark(Transaction tx, int generation, List<OrderKey> orders, String flag) {
        with(tx, orders, """
                UPDATE customer_statistics_orders o
                SET %s = true
                FROM unnest(:tenantIds, :orderIds) AS t (tenant_id, order_id)
                WHERE o.tenant_id = t.tenant_id AND o.generation = :generation AND o.order_id = t.order_id
                """.formatted(flag)).param("generation", generation).update();
    }

    private static void refund(Transaction tx, int generation, List<Refunded> refunds) {
        with(tx, refunds.stream().map(Refunded::key).toList(), """
                UPDATE customer_statistics_orders o
                SET refunded_amount = greatest(o.refunded_amount, t.amount)
                FROM (SELECT tenant_id, order_id, max(amount) AS amount
                      FROM unnest(:tenantIds, :orderIds, :amounts) AS r (tenant_id, order_id, amount)
                      GROUP BY tenant_id, order_id) t
                WHERE o.tenant_id = t.tenant_id AND o.generation = :generation AND o.order_id = t.order_id
                """)
                .param("generation", generation)
                .param("amounts", Sql.numericArray(refunds, Refunded::amount))
                .update();
    }

    private static void reckon(Transaction tx, int generation, List<OrderKey> orders) {
        with(tx, orders, """
                INSERT INTO customer_statistics AS s (tenant_id, generation, customer_id, currency, orders,
                    confirmed_orders, cancelled_orders, units, gross, refunded, first_order_at, last_order_at)
                SELECT o.tenant_id, o.generation, o.customer_id, o.currency, count(*),
                    count(*) FILTER (WHERE o.is_confirmed AND NOT o.is_cancelled),
                    count(*) FILTER (WHERE o.is_cancelled),
                    coalesce(sum(o.units) FILTER (WHERE o.is_confirmed AND NOT o.is_cancelled), 0),
                    coalesce(sum(o.total_amount) FILTER (WHERE o.is_confirmed AND NOT o.is_cancelled), 0),
                    coalesce(sum(o.refunded_amount) FILTER (WHERE o.is_confirmed AND NOT o.is_cancelled), 0),
                    min(o.placed_at), max(o.placed_at)
                FROM (SELECT DISTINCT c.tenant_id, c.customer_id, c.currency
                      FROM unnest(:tenantIds, :orderIds) AS t (tenant_id, order_id)
                      JOIN customer_statistics_orders c
                        ON c.tenant_id = t.tenant_id AND c.generation = :generation AND c.order_id = t.order_id) touched
                JOIN customer_statistics_orders o
                  ON o.tenant_id = touched.tenant_id AND o.generation = :generation
                 AND o.customer_id = touched.customer_id AND o.currency = touched.currency
                GROUP BY o.tenant_id, o.generation, o.customer_id, o.currency
                ON CONFLICT (tenant_id, generation, customer_id, currency) DO UPDATE
                SET orders = excluded.orders, confirmed_orders = excluded.confirmed_orders,
                    cancelled_orders = excluded.cancelled_orders, units = excluded.units, gross = excluded.gross,
                    refunded = excluded.refunded, first_order_at = excluded.first_order_at,
                    last_order_at = excluded.last_order_at
                """).param("generation", generation).update();
    }

    private static StatementSpec with(Transaction tx, List<OrderKey> orders, String sql) {
        return tx.jdbc()
                .sql(sql)
                .param("tenantIds", Sql.uuidArray(orders, OrderKey::tenantId))
                .param("orderIds", Sql.uuidArray(orders, OrderKey::orderId));
    }

    /** The statistics of a customer that are shown, by currency. */
    List<CustomerStatistics.OfCurrency> find(Transaction tx, UUID tenantId, UUID customerId) {
        return tx.jdbc()
                .sql("""
                        SELECT *
                        FROM customer_statistics
                        WHERE tenant_id = :tenantId AND customer_id = :customerId
                          AND generation = (SELECT generation FROM customer_statistics_generations WHERE state = 'live')
                        ORDER BY currency
                        """)
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .query((row, number) -> new CustomerStatistics.OfCurrency(
                        row.getString("currency"),
                        row.getLong("orders"),
                        row.getLong("confirmed_orders"),
                        row.getLong("cancelled_orders"),
                        row.getLong("units"),
                        CustomerStatistics.Sum.of(row.getBigDecimal("gross"), row.getString("currency")),
                        CustomerStatistics.Sum.of(row.getBigDecimal("refunded"), row.getString("currency")),
                        row.getObject("first_order_at", OffsetDateTime.class).toInstant(),
                        row.getObject("last_order_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static String word(Generation.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static Generation generation(ResultSet row, int number) throws SQLException {
        return new Generation(
                row.getInt("generation"),
                Generation.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                new EventPosition(row.getLong("checkpoint_transaction"), row.getLong("checkpoint_sequence")),
                row.getLong("events_read"));
    }
}
