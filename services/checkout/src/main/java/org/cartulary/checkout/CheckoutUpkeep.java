package org.cartulary.checkout;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.contracts.cart.CartApi;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.ids.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** What happens to checkouts later: carts are told of their orders, and what is old goes. Thread-safe. */
final class CheckoutUpkeep {

    /** How long a checkout is kept after it expired. */
    static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(7);

    /** How many rows one run of a job changes at most. */
    private static final int MAX_ROWS = 10_000;

    private static final int MAX_CARTS = 200;
    private static final Logger LOG = LoggerFactory.getLogger(CheckoutUpkeep.class);

    private final Database database;
    private final CartApi carts;
    private final JsonMapper json;
    private final Clock clock;

    CheckoutUpkeep(Database database, CartApi carts, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.carts = carts;
        this.clock = clock;
    }

    private record DueCart(UUID tenantId, UUID checkoutId, ConvertCart command) {}

    /** What was ordered of a cart. */
    private record Ordered(UUID productId, int quantity) {

        ConvertCart.OrderedLine line() {
            return new ConvertCart.OrderedLine(productId, quantity);
        }
    }

    /** Tells the carts that could not be told when their order was confirmed, of all tenants. */
    void convertDueCarts() {
        List<DueCart> due = database.asWorker(tx -> tx.jdbc()
                .sql("""
                        SELECT tenant_id, id, cart_id, cart_version, order_id, lines
                        FROM checkout_sessions
                        WHERE cart_conversion_due
                        ORDER BY tenant_id, id
                        LIMIT :limit
                        """)
                .param("limit", MAX_CARTS)
                .query((row, number) -> new DueCart(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("id", UUID.class),
                        new ConvertCart(
                                row.getObject("cart_id", UUID.class),
                                row.getObject("order_id", UUID.class),
                                row.getLong("cart_version"),
                                Ids.madeAt(row.getObject("id", UUID.class)),
                                ordered(row.getString("lines")))))
                .list());
        due.forEach(this::convert);
    }

    private List<ConvertCart.OrderedLine> ordered(String lines) {
        return Stream.of(json.readValue(lines, Ordered[].class))
                .map(Ordered::line)
                .toList();
    }

    private void convert(DueCart due) {
        RequestContext.ofSystem(due.tenantId(), RequestContext.current().traceId())
                .run(() -> {
                    try {
                        carts.convert(due.command());
                        noteConverted(due.checkoutId());
                    } catch (RuntimeException e) {
                        LOG.warn(
                                "the cart {} does not know yet that it was ordered; a job tries again",
                                due.command().cartId(),
                                e);
                    }
                });
    }

    private void noteConverted(UUID checkoutId) {
        database.inTransaction(tx -> tx.jdbc()
                .sql("""
                        UPDATE checkout_sessions
                        SET cart_conversion_due = false
                        WHERE tenant_id = :tenantId AND id = :id
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("id", checkoutId)
                .update());
    }

    /** Closes the open checkouts whose time is over; those that are being completed may end. */
    int expire() {
        return database.asWorker(tx -> tx.jdbc()
                .sql("""
                        UPDATE checkout_sessions
                        SET status = 'EXPIRED', version = version + 1, updated_at = clock_timestamp()
                        WHERE status = 'OPEN' AND (tenant_id, id) IN (
                            SELECT tenant_id, id
                            FROM checkout_sessions
                            WHERE status = 'OPEN' AND expires_at <= :now
                            LIMIT :limit
                            FOR UPDATE SKIP LOCKED)
                        """)
                .param("now", Sql.timestamp(clock.instant()))
                .param("limit", MAX_ROWS)
                .update());
    }

    /** Deletes what expired seven days ago, unless its order is being placed or its cart has yet to be told. */
    int deleteOld() {
        return database.asWorker(tx -> tx.jdbc()
                .sql("""
                        DELETE FROM checkout_sessions
                        WHERE (tenant_id, id) IN (
                            SELECT tenant_id, id
                            FROM checkout_sessions
                            WHERE expires_at < :before AND status <> 'COMPLETING' AND NOT cart_conversion_due
                            LIMIT :limit
                            FOR UPDATE SKIP LOCKED)
                        """)
                .param("before", Sql.timestamp(clock.instant().minus(KEPT_AFTER_EXPIRY)))
                .param("limit", MAX_ROWS)
                .update());
    }
}
