package org.cartulary.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.platform.database.Sql;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The SQL that finds a page of a shop's orders, newest first. What several indexes serve is read along each of them, as far as a page
 * goes, and merged. Immutable.
 */
record OrderSearch(OrderFilter filter) {

    private static final String NEWEST_FIRST = " ORDER BY placed_at DESC, id DESC LIMIT :limit";

    /** Something of it is not withdrawn: of an order that has not left nothing else says so. */
    private static final String NOT_ALL_WITHDRAWN =
            " AND EXISTS (SELECT FROM order_items i WHERE i.tenant_id = orders.tenant_id"
                    + " AND i.order_id = orders.id AND i.withdrawn_quantity < i.quantity)";

    /** The orders of which something is to be packed or to be handed over, each kind along an index of its own. */
    private static final List<String> TO_BE_SENT = List.of(
            " AND status = 'CONFIRMED'" + NOT_ALL_WITHDRAWN,
            " AND status = 'PROCESSING'" + NOT_ALL_WITHDRAWN,
            " AND status = 'PARTIALLY_SHIPPED'",
            " AND status = 'SHIPPED' AND units_to_resend > 0");

    /** Each kind of order that is looked for along an index; together all that are. */
    private List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        if (filter.buyers() != null) {
            for (int i = 0; i < filter.buyers().customerIds().size(); i++) {
                kinds.add(" AND customer_id = :buyer" + i);
            }
            kinds.add(" AND customer_id IS NULL AND subject_id = :guestSubjectId");
        } else if (filter.toBeSent()) {
            return TO_BE_SENT;
        } else if (filter.statuses().size() > 1 && !filter.namesFew()) {
            filter.sortedStatuses().forEach(status -> kinds.add(" AND status = '" + status + "'"));
        } else {
            kinds.add("");
        }
        return kinds;
    }

    private String conditions() {
        return condition(!filter.statuses().isEmpty(), "status = ANY (:statuses)")
                + condition(
                        filter.buyers() != null && filter.toBeSent(),
                        TO_BE_SENT.stream()
                                .map(kind -> "(" + kind.substring(" AND ".length()) + ")")
                                .collect(Collectors.joining(" OR ", "(", ")")))
                + condition(filter.customerId() != null, "customer_id = :customerId")
                + condition(filter.externalReference() != null, "external_reference = :externalReference")
                + condition(filter.orderNumber() != null, "order_number = :orderNumber")
                + condition(begins(), "placed_at >= :begin")
                + condition(ends(), "placed_at < :end")
                + condition(filter.minimumTotal() != null, "total_amount >= :minimumTotal");
    }

    private static String condition(boolean applies, String condition) {
        return applies ? " AND " + condition : "";
    }

    private boolean begins() {
        return filter.placed() != null && filter.placed().begin() != null;
    }

    private boolean ends() {
        return filter.placed() != null && filter.placed().end() != null;
    }

    String sql() {
        String conditions = conditions();
        List<String> kinds = kinds();
        return kinds.size() == 1
                ? page(conditions + kinds.getFirst())
                : kinds.stream()
                        .map(kind -> "(" + page(conditions + kind) + ")")
                        .collect(Collectors.joining(" UNION ALL ", "", NEWEST_FIRST));
    }

    private static String page(String conditions) {
        return "SELECT id, order_number, status, customer_id, external_reference, line_count, unit_count,"
                + " total_amount, currency, placed_at FROM orders"
                + " WHERE tenant_id = :tenantId AND (placed_at, id) < (:placedAt::timestamptz, :id)"
                + conditions + NEWEST_FIRST;
    }

    /** The statement with all but the tenant, the position and the length. */
    StatementSpec of(JdbcClient jdbc) {
        return bind(jdbc.sql(sql()));
    }

    StatementSpec bind(StatementSpec unbound) {
        StatementSpec statement = bound(unbound, "customerId", filter.customerId());
        statement = bound(statement, "externalReference", filter.externalReference());
        statement = bound(statement, "orderNumber", filter.normalisedNumber());
        statement = bound(statement, "minimumTotal", filter.minimumTotal());
        if (!filter.statuses().isEmpty()) {
            statement = statement.param("statuses", Sql.textArray(filter.sortedStatuses()));
        }
        if (filter.placed() != null) {
            statement = bound(statement, "begin", timestamp(filter.placed().begin()));
            statement = bound(statement, "end", timestamp(filter.placed().end()));
        }
        if (filter.buyers() != null) {
            statement = statement.param("guestSubjectId", filter.buyers().guestSubjectId());
            List<UUID> customers = filter.buyers().customerIds();
            for (int i = 0; i < customers.size(); i++) {
                statement = statement.param("buyer" + i, customers.get(i));
            }
        }
        return statement;
    }

    private static @Nullable Object timestamp(@Nullable Instant time) {
        return time == null ? null : Sql.timestamp(time);
    }

    private static StatementSpec bound(StatementSpec statement, String name, @Nullable Object value) {
        return value == null ? statement : statement.param(name, value);
    }
}
