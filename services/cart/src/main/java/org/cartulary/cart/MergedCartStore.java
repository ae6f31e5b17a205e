package org.cartulary.cart;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;

/** Guests' carts that become part of a customer's at log-in. Locks carts in the order of {@link OrderedCartStore}. Thread-safe. */
final class MergedCartStore {

    private final Database database;

    MergedCartStore(Database database) {
        this.database = database;
    }

    /**
     * Puts what is in the guest's active cart into the customer's, which is made where there is none; quantities add up to
     * at most {@value Cart#MAX_QUANTITY}. So does what is saved for later, unless it would be too much for the customer's list: then the
     * guest keeps it. Repeated, it changes nothing and finds the same cart.
     *
     * @throws ActiveCartStore.Undone if the customer's cart would exceed its limits
     */
    CartChange merge(UUID customer, UUID guest, int days) {
        return database.inTransaction(tx -> {
            // Whoever comes second waits here, and finds no active cart afterwards.
            Optional<UUID> from = tx.jdbc()
                    .sql("""
                            SELECT id FROM carts
                            WHERE tenant_id = :tenant AND guest_id = :guest AND status = 'ACTIVE'
                            FOR UPDATE
                            """)
                    .param("tenant", RequestContext.currentTenant())
                    .param("guest", guest)
                    .query(UUID.class)
                    .optional();
            if (from.isEmpty()) {
                Optional<UUID> before = mergedBefore(tx, customer, guest);
                before.ifPresent(_ -> SavedItemStore.merge(tx, customer, guest));
                return before.<CartChange>map(CartChange.Done::new).orElseGet(CartChange.NoSuchCart::new);
            }
            UUID into = activeCart(tx, customer, from.get(), days);
            copyItems(tx, from.get(), into);
            end(tx, from.get(), into);
            SavedItemStore.merge(tx, customer, guest);
            return ActiveCartStore.withinLimit(tx, into);
        });
    }

    private static Optional<UUID> mergedBefore(Transaction tx, UUID customer, UUID guest) {
        return tx.jdbc()
                .sql("""
                        SELECT c.id
                        FROM carts g
                        JOIN carts c ON c.tenant_id = g.tenant_id AND c.id = g.continued_in
                        WHERE g.tenant_id = :tenant AND g.guest_id = :guest AND g.status IN ('MERGED', 'ORDERED')
                          AND c.customer_id = :customer
                        ORDER BY g.updated_at DESC
                        LIMIT 1
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("guest", guest)
                .param("customer", customer)
                .query(UUID.class)
                .optional();
    }

    private static UUID activeCart(Transaction tx, UUID customer, UUID from, int days) {
        return tx.jdbc()
                .sql("""
                        INSERT INTO carts (tenant_id, id, customer_id, currency, coupon_code, expires_at)
                        SELECT tenant_id, :id, :customer, currency, coupon_code, now() + make_interval(days => :days)
                        FROM carts
                        WHERE tenant_id = :tenant AND id = :from
                        ON CONFLICT (tenant_id, customer_id) WHERE status = 'ACTIVE'
                        DO UPDATE SET version = carts.version + 1, updated_at = now(), expires_at = excluded.expires_at,
                                      coupon_code = coalesce(carts.coupon_code, excluded.coupon_code)
                        RETURNING id
                        """)
                .param("id", Ids.next())
                .param("customer", customer)
                .param("days", days)
                .param("tenant", RequestContext.currentTenant())
                .param("from", from)
                .query(UUID.class)
                .single();
    }

    /** The guest's items stay where they are as well: of what is ordered of them, the customer's cart is told later. */
    private static void copyItems(Transaction tx, UUID from, UUID into) {
        tx.jdbc()
                .sql("""
                        INSERT INTO cart_items AS i (tenant_id, cart_id, product_id, quantity, unit_price, added_at)
                        SELECT tenant_id, :into, product_id, quantity, unit_price, added_at
                        FROM cart_items
                        WHERE tenant_id = :tenant AND cart_id = :from
                        ON CONFLICT (tenant_id, cart_id, product_id) DO UPDATE
                        SET quantity = least(i.quantity + excluded.quantity, :most), unit_price = excluded.unit_price,
                            updated_at = now()
                        """)
                .param("into", into)
                .param("tenant", RequestContext.currentTenant())
                .param("from", from)
                .param("most", Cart.MAX_QUANTITY)
                .update();
    }

    private static void end(Transaction tx, UUID from, UUID into) {
        tx.jdbc()
                .sql("""
                        UPDATE carts
                        SET status = 'MERGED', continued_in = :into, version = version + 1, updated_at = now()
                        WHERE tenant_id = :tenant AND id = :from
                        """)
                .param("into", into)
                .param("tenant", RequestContext.currentTenant())
                .param("from", from)
                .update();
    }
}
