package org.cartulary.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** Lists of orders, newest first, page by page along an index. Thread-safe. */
final class OrderLists {

    private static final String OWN_SCOPE = "store/orders";

    private final Database database;
    private final Cursors cursors;

    OrderLists(Database database, Cursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    /** Where a page begins: after the order with these sort keys. */
    private record Position(String placedAt, UUID id) {

        private static final Position START = new Position("infinity", new UUID(-1, -1));

        static Position of(Cursors cursors, String scope, @Nullable String cursor) {
            if (cursor == null) {
                return START;
            }
            List<String> keys = cursors.decode(scope, cursor);
            return new Position(keys.get(0), UUID.fromString(keys.get(1)));
        }

        static String after(Cursors cursors, String scope, Instant placedAt, UUID id) {
            return cursors.encode(scope, List.of(placedAt.toString(), id.toString()));
        }
    }

    /**
     * The caller's own orders.
     *
     * @throws ProblemException 401 {@code guest-token-required} if the caller has shown nothing by which to know its orders
     */
    Page<OwnOrderRow> own(@Nullable Integer wantedLimit, @Nullable String cursor) {
        int limit = Pages.limit(wantedLimit);
        Principal principal = RequestContext.current().principal();
        UUID buyer = principal.id();
        if (buyer == null) {
            throw ProblemException.unauthorized(
                    "guest-token-required", "sign in, or send the Guest-Token under which the order was placed");
        }
        String column = principal.kind() == Principal.Kind.GUEST ? "guest_id" : "customer_id";
        Position position = Position.of(cursors, OWN_SCOPE, cursor);
        List<OwnOrderRow> rows = database.inReadTransaction(tx -> tx.jdbc()
                .sql("SELECT id, order_number, status, total_amount, currency, placed_at FROM orders"
                        + " WHERE tenant_id = :tenantId AND " + column + " = :buyer"
                        + " AND (placed_at, id) < (:placedAt::timestamptz, :id)"
                        + " ORDER BY placed_at DESC, id DESC LIMIT :limit")
                .param("tenantId", RequestContext.currentTenant())
                .param("buyer", buyer)
                .param("placedAt", position.placedAt())
                .param("id", position.id())
                .param("limit", limit + 1)
                .query((row, number) -> ownRow(row))
                .list());
        return Pages.of(rows, limit, row -> Position.after(cursors, OWN_SCOPE, row.placedAt(), row.id()));
    }

    /** The shop's orders. */
    Page<OrderRow> all(OrderFilter filter, @Nullable Integer wantedLimit, @Nullable String cursor) {
        int limit = Pages.limit(wantedLimit);
        Position position = Position.of(cursors, filter.scope(), cursor);
        List<OrderRow> rows = database.inReadTransaction(tx -> new OrderSearch(filter)
                .of(tx.jdbc())
                .param("tenantId", RequestContext.currentTenant())
                .param("placedAt", position.placedAt())
                .param("id", position.id())
                .param("limit", limit + 1)
                .query((row, number) -> row(row))
                .list());
        return Pages.of(rows, limit, row -> Position.after(cursors, filter.scope(), row.placedAt(), row.id()));
    }

    private static OwnOrderRow ownRow(ResultSet row) throws SQLException {
        return new OwnOrderRow(
                row.getObject("id", UUID.class),
                row.getString("order_number"),
                row.getString("status"),
                OrderStore.money(row, "total_amount"),
                OrderStore.instant(row, "placed_at"));
    }

    private static OrderRow row(ResultSet row) throws SQLException {
        return new OrderRow(
                row.getObject("id", UUID.class),
                row.getString("order_number"),
                row.getString("status"),
                row.getObject("customer_id", UUID.class),
                row.getString("external_reference"),
                row.getInt("line_count"),
                row.getLong("unit_count"),
                OrderStore.money(row, "total_amount"),
                OrderStore.instant(row, "placed_at"));
    }
}
