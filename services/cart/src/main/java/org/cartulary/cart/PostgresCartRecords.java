package org.cartulary.cart;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Idempotency;
import org.jspecify.annotations.Nullable;

/** What the carts in PostgreSQL say of people. Thread-safe. */
final class PostgresCartRecords implements CartRecords {

    private final Database database;

    PostgresCartRecords(Database database) {
        this.database = database;
    }

    /** As the platform: a customer's transactions do not see the carts that the same person had as a guest. */
    @Override
    public KeptRecord export(Traces traces) {
        return RequestContext.current().asSystem().supply(() -> exported(traces));
    }

    private KeptRecord exported(Traces traces) {
        String carts = database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT coalesce(jsonb_agg(jsonb_build_object(
                                   'id', c.id, 'status', c.status, 'currency', c.currency, 'couponCode', c.coupon_code,
                                   'orderId', c.ordered_order_id, 'continuedIn', c.continued_in,
                                   'createdAt', c.created_at, 'updatedAt', c.updated_at, 'expiresAt', c.expires_at,
                                   'items', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                                        'productId', i.product_id, 'quantity', i.quantity,
                                                        'unitPrice', i.unit_price::text, 'addedAt', i.added_at)
                                                    ORDER BY i.added_at, i.product_id), '[]')
                                             FROM cart_items i
                                             WHERE i.tenant_id = c.tenant_id AND i.cart_id = c.id))
                                   ORDER BY c.created_at, c.id), '[]')::text
                        FROM carts c
                        WHERE c.tenant_id = :tenantId
                          AND (c.customer_id = :customerId::uuid OR c.guest_id = ANY (:guestIds)
                              AND (c.id = ANY (:cartIds) OR c.ordered_order_id = ANY (:orderIds)))
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("customerId", traces.customerId())
                .param("guestIds", Sql.uuidArray(traces.guestIds()))
                .param("cartIds", Sql.uuidArray(traces.cartIds()))
                .param("orderIds", Sql.uuidArray(traces.orderIds()))
                .query(String.class)
                .single());
        return new KeptRecord("carts", "What you have put into carts, and what became of these.", carts);
    }

    @Override
    public KeptRecord exportSaved(Traces traces) {
        return RequestContext.current().asSystem().supply(() -> savedForLater(traces));
    }

    private KeptRecord savedForLater(Traces traces) {
        String lists = database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT coalesce(jsonb_agg(jsonb_build_object(
                                   'id', l.id, 'createdAt', l.created_at, 'updatedAt', l.updated_at, 'expiresAt', l.expires_at,
                                   'items', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                                        'productId', i.product_id, 'quantity', i.quantity,
                                                        'unitPrice', i.unit_price::text, 'currency', i.currency,
                                                        'savedAt', i.saved_at)
                                                    ORDER BY i.saved_at, i.product_id), '[]')
                                             FROM saved_items i
                                             WHERE i.tenant_id = l.tenant_id AND i.list_id = l.id))
                                   ORDER BY l.created_at, l.id), '[]')::text
                        FROM saved_lists l
                        WHERE l.tenant_id = :tenantId
                          AND (l.customer_id = :customerId::uuid OR l.guest_id = ANY (:guestIds)
                              AND NOT EXISTS (
                                  SELECT FROM carts c
                                  WHERE c.tenant_id = l.tenant_id AND c.guest_id = l.guest_id AND c.id <> ALL (:cartIds)
                                    AND coalesce(c.ordered_order_id <> ALL (:orderIds), true)))
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("customerId", traces.customerId())
                .param("guestIds", Sql.uuidArray(traces.guestIds()))
                .param("cartIds", Sql.uuidArray(traces.cartIds()))
                .param("orderIds", Sql.uuidArray(traces.orderIds()))
                .query(String.class)
                .single());
        return new KeptRecord("saved-for-later", "What you have saved for later.", lists);
    }

    @Override
    public ErasedRecords erase(Traces traces) {
        return database.inTransaction(tx -> {
            int rows = delete(tx, traces);
            if (traces.customerId() != null) {
                rows += Idempotency.forget(tx, Principal.Kind.CUSTOMER, traces.customerId());
            }
            List<UUID> guests = guestsWithoutCarts(tx, traces.guestIds());
            rows += deleteSaved(tx, traces.customerId(), guests);
            for (UUID guest : guests) {
                rows += Idempotency.forget(tx, Principal.Kind.GUEST, guest);
            }
            return ErasedRecords.all(rows);
        });
    }

    /** A Guest-Token may be that of several people: while there are carts of it, the answers may be somebody else's, and what is saved. */
    private static List<UUID> guestsWithoutCarts(Transaction tx, List<UUID> guests) {
        return tx.jdbc()
                .sql("""
                        SELECT g.id
                        FROM unnest(:guestIds) AS g (id)
                        WHERE NOT EXISTS (SELECT FROM carts c WHERE c.tenant_id = :tenantId AND c.guest_id = g.id)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("guestIds", Sql.uuidArray(guests))
                .query(UUID.class)
                .list();
    }

    /** The cart ids of orders, of which only carts know. */
    @Override
    public Traces trace(Traces traces) {
        List<UUID> cartIds = RequestContext.current()
                .asSystem()
                .supply(() -> database.inReadTransaction(tx -> tx.jdbc()
                        .sql("SELECT id FROM carts WHERE tenant_id = :tenantId AND guest_id = ANY (:guestIds)"
                                + " AND ordered_order_id = ANY (:orderIds)")
                        .param("guestIds", Sql.uuidArray(traces.guestIds()))
                        .param("tenantId", RequestContext.currentTenant())
                        .param("orderIds", Sql.uuidArray(traces.orderIds()))
                        .query(UUID.class)
                        .list()));
        return traces.and(new Traces(traces.customerId(), List.of(), List.of(), cartIds, List.of()));
    }

    private static int deleteSaved(Transaction tx, @Nullable UUID customer, List<UUID> guests) {
        return tx.jdbc()
                .sql("DELETE FROM saved_lists WHERE tenant_id = :tenantId"
                        + " AND (customer_id = :customerId::uuid OR guest_id = ANY (:guestIds))")
                .param("tenantId", RequestContext.currentTenant())
                .param("customerId", customer)
                .param("guestIds", Sql.uuidArray(guests))
                .update();
    }

    private static int delete(Transaction tx, Traces traces) {
        return tx.jdbc()
                .sql("""
                        DELETE FROM carts
                        WHERE tenant_id = :tenantId AND (customer_id = :customerId::uuid OR guest_id = ANY (:guestIds)
                            AND (id = ANY (:cartIds) OR ordered_order_id = ANY (:orderIds)))
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("customerId", traces.customerId())
                .param("guestIds", Sql.uuidArray(traces.guestIds()))
                .param("cartIds", Sql.uuidArray(traces.cartIds()))
                .param("orderIds", Sql.uuidArray(traces.orderIds()))
                .update();
    }
}
