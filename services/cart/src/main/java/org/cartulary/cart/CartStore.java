package org.cartulary.cart;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** Carts of any state: they are found, abandoned when their time has come, and deleted. Thread-safe. */
final class CartStore {

    private final Database database;
    private final Coalescer<UUID, Optional<StoredCart>> finder;

    CartStore(Database database) {
        this.database = database;
        this.finder = Coalescing.of(database).together("find-cart", CartStore::findAll);
    }

    /**
     * The cart, whoever owns it. It is read along with what others read and write; what they have not committed yet when it is
     * read, they have when it is answered.
     */
    @Nullable StoredCart find(UUID id) {
        return finder.call(id).orElse(null);
    }

    private static List<Optional<StoredCart>> findAll(Transaction tx, List<Call<UUID>> calls) {
        Map<UUID, StoredCart> found = tx
                .jdbc()
                .sql("""
                        SELECT c.id, c.customer_id, c.guest_id, c.status, c.currency, c.version, c.expires_at,
                            c.continued_in, c.coupon_code,
                            array_agg(i.product_id ORDER BY i.added_at, i.product_id)
                                FILTER (WHERE i.product_id IS NOT NULL) AS products,
                            array_agg(i.quantity ORDER BY i.added_at, i.product_id)
                                FILTER (WHERE i.product_id IS NOT NULL) AS quantities,
                            array_agg(i.unit_price ORDER BY i.added_at, i.product_id)
                                FILTER (WHERE i.product_id IS NOT NULL) AS prices
                        FROM carts c
                        LEFT JOIN cart_items i ON i.tenant_id = c.tenant_id AND i.cart_id = c.id
                        WHERE c.tenant_id = :tenant AND c.id = ANY (:ids)
                        GROUP BY c.tenant_id, c.id
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("ids", Sql.uuidArray(calls, Call::command))
                .query((row, number) -> StoredCart.read(row))
                .stream()
                .collect(Collectors.toMap(StoredCart::id, Function.identity()));
        return calls.stream()
                .map(call -> Optional.ofNullable(found.get(call.command())))
                .toList();
    }

    /** Abandons carts whose time has come, of all tenants, at most that many; says how many. */
    int abandonExpired(int limit) {
        return database.asWorker(tx -> tx.jdbc().sql("""
                        UPDATE carts SET status = 'ABANDONED', version = version + 1, updated_at = now()
                        WHERE (tenant_id, id) IN (
                            SELECT tenant_id, id FROM carts
                            WHERE status = 'ACTIVE' AND expires_at < now()
                            ORDER BY expires_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                        """).param("limit", limit).update());
    }

    /** The shop's abandoned carts, the latest made first, from the one on that comes after the given one. */
    List<AbandonedCart> abandoned(@Nullable UUID before, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT c.id, c.customer_id, c.currency, c.created_at, c.updated_at, content.*
                        FROM carts c
                        CROSS JOIN LATERAL (
                            SELECT count(*)::integer AS lines, coalesce(sum(i.quantity), 0) AS units,
                                coalesce(sum(i.quantity * i.unit_price), 0) AS worth
                            FROM cart_items i
                            WHERE i.tenant_id = c.tenant_id AND i.cart_id = c.id
                        ) AS content
                        WHERE c.tenant_id = :tenant AND c.status = 'ABANDONED'
                          AND (cast(:before AS uuid) IS NULL OR c.id < :before)
                        ORDER BY c.id DESC
                        LIMIT :limit
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("before", before)
                .param("limit", limit)
                .query((row, number) -> new AbandonedCart(
                        row.getObject("id", UUID.class),
                        row.getObject("customer_id", UUID.class),
                        row.getInt("lines"),
                        row.getLong("units"),
                        AbandonedCart.worth(row.getBigDecimal("worth"), row.getString("currency")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("updated_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    /** Deletes carts that expired so many days ago, of all tenants, at most that many; says how many. */
    int deleteExpired(int days, int limit) {
        return database.asWorker(tx ->
                tx.jdbc().sql("""
                        DELETE FROM carts
                        WHERE (tenant_id, id) IN (
                            SELECT tenant_id, id FROM carts
                            WHERE status <> 'ACTIVE' AND expires_at < now() - make_interval(days => :days)
                            ORDER BY expires_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                        """).param("days", days).param("limit", limit).update());
    }
}
