package org.cartulary.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fills the databases with the past: copies of orders that were really placed, with everything that services keep of them,
 * under other ids. So the records agree as before. Used by one thread.
 */
final class StoredOrders {

    private static final int COPIES_AT_ONCE = 50;
    /** Longer than it took to place the originals, so that the ids of no two copies are the same. */
    private static final long MILLIS_BETWEEN_COPIES = Duration.ofHours(1).toMillis();

    private static final String SETTLED = "status = 'CONFIRMED' AND payment_status = 'CAPTURED'";

    /** Ids that copies share with their originals. All others become those of the copy. */
    private static final Set<String> SHARED = Set.of(
            "tenant_id",
            "product_id",
            "warehouse_id",
            "customer_id",
            "subject_id",
            "shipping_method_id",
            "actor_id",
            "lease_owner");

    /** Keys in which the id of an order, or of a payment, comes first. */
    private static final Set<String> BEGIN_WITH_AN_ID = Set.of("key", "idempotency_key");

    /** What people call an order. */
    private static final Set<String> NAMES = Set.of("order_number", "external_reference");

    private static final List<Table> TABLES = List.of(
            new Table("order_db", "orders", "id = ANY (:orders)"),
            new Table("order_db", "order_items", "order_id = ANY (:orders)"),
            new Table("order_db", "order_addresses", "order_id = ANY (:orders)"),
            new Table("order_db", "order_status_history", "order_id = ANY (:orders)"),
            new Table("order_db", "event_streams", "aggregate_id = ANY (:orders)"),
            new Table("order_db", "domain_events", "aggregate_id = ANY (:orders)"),
            new Table("payment_db", "payments", "order_id = ANY (:orders)"),
            new Table("payment_db", "payment_events", ofPayments("payment_id")),
            new Table("payment_db", "payment_transactions", ofPayments("payment_id")),
            new Table(
                    "payment_db",
                    "test_provider_charges",
                    "key IN (SELECT id::text || ':authorize' FROM unnest(:orders) AS id)"),
            new Table("payment_db", "event_streams", ofPayments("aggregate_id")),
            new Table("payment_db", "domain_events", ofPayments("aggregate_id")),
            new Table("inventory_db", "inventory_reservations", "order_id = ANY (:orders)"),
            new Table("inventory_db", "inventory_reservation_lines", "order_id = ANY (:orders)"),
            new Table("inventory_db", "inventory_movements", "reference_id = ANY (:orders)"),
            new Table("checkout_db", "checkout_sessions", "order_id = ANY (:orders)"),
            new Table("checkout_db", "saga_instances", "saga_id = ANY (:orders)"));

    private final Cluster cluster;
    private final String originals;
    private final int originalCount;
    private int copies;

    private StoredOrders(Cluster cluster, List<String> originals) {
        this.cluster = cluster;
        this.originals = originals.stream().collect(Collectors.joining("','", "ARRAY['", "']::uuid[]"));
        this.originalCount = originals.size();
    }

    /** A table and which of its rows belong to the orders. */
    private record Table(String database, String name, String where) {}

    private static String ofPayments(String column) {
        return column + " IN (SELECT id FROM payments WHERE order_id = ANY (:orders))";
    }

    /** Copies so many of the orders that are paid and done. */
    static StoredOrders copying(Cluster cluster, int orders) {
        List<String> ids = new ArrayList<>();
        try (Connection connection = cluster.connect("order_db");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id FROM orders WHERE " + SETTLED + " ORDER BY id LIMIT " + orders)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new BenchmarkException("the cluster refuses: " + e.getMessage(), e);
        }
        if (ids.isEmpty()) {
            throw new BenchmarkException("there is no order that could be copied");
        }
        return new StoredOrders(cluster, ids);
    }

    /** How many orders there are that are paid and done. */
    static long settled(Cluster cluster) {
        return Long.parseLong(cluster.row("order_db", "SELECT count(*) AS orders FROM orders WHERE " + SETTLED)
                .getOrDefault("orders", "0"));
    }

    /** How many orders are stored. */
    long count() {
        return Long.parseLong(
                cluster.row("order_db", "SELECT count(*) AS orders FROM orders").getOrDefault("orders", "0"));
    }

    /** Adds copies until so many orders are stored. */
    void growTo(long orders) {
        long missing = orders - count();
        while (missing > 0) {
            int more = (int) Math.min(COPIES_AT_ONCE, (missing + originalCount - 1) / originalCount);
            for (Table table : TABLES) {
                copy(table, copies + 1, copies + more);
            }
            copies += more;
            missing -= (long) more * originalCount;
        }
        cluster.execute("inventory_db", """
                UPDATE inventory i
                SET available_quantity = m.available, reserved_quantity = m.reserved, version = i.version + 1
                FROM (SELECT tenant_id, product_id, warehouse_id, sum(available_change) AS available,
                             sum(reserved_change) AS reserved
                      FROM inventory_movements
                      GROUP BY tenant_id, product_id, warehouse_id) m
                WHERE m.tenant_id = i.tenant_id AND m.product_id = i.product_id AND m.warehouse_id = i.warehouse_id
                  AND (i.available_quantity, i.reserved_quantity) <> (m.available, m.reserved)
                """);
        Set<String> databases = new LinkedHashSet<>();
        TABLES.forEach(table -> databases.add(table.database()));
        databases.forEach(database -> cluster.execute(database, "VACUUM ANALYZE"));
        cluster.execute("postgres", "CHECKPOINT");
    }

    /** The size of all databases, in MiB. */
    long mebibytes() {
        return Long.parseLong(
                cluster.row("postgres", "SELECT sum(pg_database_size(oid))::bigint / 1048576 AS size FROM pg_database")
                        .getOrDefault("size", "0"));
    }

    private void copy(Table table, int from, int to) {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (Connection connection = cluster.connect(table.database());
                Statement statement = connection.createStatement()) {
            // Triggers and foreign keys were obeyed by the originals, and would count, guard and note each copy again.
            statement.execute("SET session_replication_role = replica");
            try (ResultSet rows = statement.executeQuery("""
                    SELECT column_name, data_type FROM information_schema.columns
                    WHERE table_schema = 'public' AND table_name = '%s' AND is_identity = 'NO' AND is_generated = 'NEVER'
                      AND coalesce(column_default, '') NOT LIKE 'nextval%%'
                    """.formatted(table.name()))) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                    values.add(valueOfCopy(rows.getString(1), rows.getString(2)));
                }
            }
            statement.execute(("INSERT INTO %s (%s) SELECT %s FROM (SELECT * FROM %s WHERE %s) AS original"
                            + " CROSS JOIN generate_series(%d, %d) AS copy")
                    .formatted(
                            table.name(),
                            String.join(", ", columns),
                            String.join(", ", values),
                            table.name(),
                            table.where().replace(":orders", originals),
                            from,
                            to));
        } catch (SQLException e) {
            throw new BenchmarkException("the cluster refuses copies of " + table.name() + ": " + e.getMessage(), e);
        }
    }

    private static String valueOfCopy(String column, String type) {
        if (type.equals("uuid") && !SHARED.contains(column)) {
            return idOfCopy(column + "::text");
        }
        if (column.equals("saga_data")) {
            return "saga_data || jsonb_build_object('orderId', " + idOfCopy("saga_data ->> 'orderId'")
                    + ", 'checkoutId', " + idOfCopy("saga_data ->> 'checkoutId'") + ")";
        }
        if (BEGIN_WITH_AN_ID.contains(column)) {
            return idOfCopy("left(" + column + ", 36)") + " || substr(" + column + ", 37)";
        }
        return NAMES.contains(column) ? column + " || '-' || copy" : column;
    }

    /** An id begins with the time when it was made, in milliseconds; that of a copy was made hours earlier. */
    private static String idOfCopy(String id) {
        return """
                (lpad(to_hex((('x' || left(replace(%1$s, '-', ''), 12))::bit(48)::bigint - copy * %2$d::bigint)
                             & 281474976710655), 12, '0')
                 || substr(replace(%1$s, '-', ''), 13))::uuid""".formatted(id, MILLIS_BETWEEN_COPIES);
    }
}
