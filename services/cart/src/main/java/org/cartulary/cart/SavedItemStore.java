package org.cartulary.cart;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;

/**
 * The rows of what is saved for later. Whoever changes items holds the row of their list, so that its number of lines stands until the
 * commit; rows of carts are locked before those of lists, and a guest's before a customer's.
 */
final class SavedItemStore {

    private static final String OF_OWNER =
            "tenant_id = :tenant AND (customer_id = :customer::uuid OR guest_id = :guest::uuid)";

    private SavedItemStore() {}

    static List<SavedItem> find(Database database, CartOwner owner) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT i.product_id, i.quantity, i.unit_price, i.currency, i.saved_at
                        FROM saved_items i
                        WHERE i.tenant_id = :tenant AND i.list_id = (SELECT id FROM saved_lists WHERE %s)
                        ORDER BY i.saved_at, i.product_id
                        """.formatted(OF_OWNER))
                .param("tenant", RequestContext.currentTenant())
                .param("customer", owner.customerId())
                .param("guest", owner.guestId())
                .query((row, number) -> new SavedItem(
                        row.getObject("product_id", UUID.class),
                        row.getInt("quantity"),
                        Money.of(row.getBigDecimal("unit_price"), Money.currencyOf(row.getString("currency"))),
                        row.getObject("saved_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    /** The owner's list, which is made where there is none, locked. */
    static UUID lockOrMake(Transaction tx, CartOwner owner) {
        String key = owner.customerId() == null ? "guest_id" : "customer_id";
        return tx.jdbc()
                .sql("""
                        INSERT INTO saved_lists (tenant_id, id, customer_id, guest_id, expires_at)
                        VALUES (:tenant, :id, :customer, :guest,
                            CASE WHEN cast(:guest AS uuid) IS NOT NULL THEN now() + make_interval(days => :days) END)
                        ON CONFLICT (tenant_id, %s)
                        DO UPDATE SET updated_at = now(), expires_at = excluded.expires_at
                        RETURNING id
                        """.formatted(key))
                .param("tenant", RequestContext.currentTenant())
                .param("id", Ids.next())
                .param("customer", owner.customerId())
                .param("guest", owner.guestId())
                .param("days", SavedLists.GUEST_DAYS)
                .query(UUID.class)
                .single();
    }

    /** The owner's list, locked, if there is one; it is changed, and a guest's is kept for as long as a new one. */
    static Optional<UUID> lock(Transaction tx, CartOwner owner) {
        return tx.jdbc()
                .sql("""
                        UPDATE saved_lists
                        SET updated_at = now(),
                            expires_at = CASE WHEN guest_id IS NOT NULL THEN now() + make_interval(days => :days) END
                        WHERE\s""" + OF_OWNER + " RETURNING id")
                .param("days", SavedLists.GUEST_DAYS)
                .param("tenant", RequestContext.currentTenant())
                .param("customer", owner.customerId())
                .param("guest", owner.guestId())
                .query(UUID.class)
                .optional();
    }

    /** Takes a line out of the cart and puts it on the list; says whether there was one. */
    static boolean move(Transaction tx, UUID cart, UUID list, UUID product) {
        return tx.jdbc()
                        .sql("""
                        WITH taken AS (
                            DELETE FROM cart_items
                            WHERE tenant_id = :tenant AND cart_id = :cart AND product_id = :product
                            RETURNING tenant_id, cart_id, product_id, quantity, unit_price
                        )
                        INSERT INTO saved_items AS s (tenant_id, list_id, product_id, quantity, unit_price, currency)
                        SELECT t.tenant_id, :list, t.product_id, t.quantity, t.unit_price, c.currency
                        FROM taken t
                        JOIN carts c ON c.tenant_id = t.tenant_id AND c.id = t.cart_id
                        ON CONFLICT (tenant_id, list_id, product_id) DO UPDATE
                        SET quantity = least(s.quantity + excluded.quantity, :most), unit_price = excluded.unit_price,
                            currency = excluded.currency, updated_at = now()
                        """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("cart", cart)
                        .param("product", product)
                        .param("list", list)
                        .param("most", Cart.MAX_QUANTITY)
                        .update()
                > 0;
    }

    /** Takes a product off the list; says how many units there were. */
    static Optional<Integer> take(Transaction tx, UUID list, UUID product) {
        return tx.jdbc()
                .sql("DELETE FROM saved_items WHERE tenant_id = :tenant AND list_id = :list AND product_id = :product"
                        + " RETURNING quantity")
                .param("tenant", RequestContext.currentTenant())
                .param("list", list)
                .param("product", product)
                .query(Integer.class)
                .optional();
    }

    static boolean isInCart(Transaction tx, UUID cart, UUID product) {
        return tx.jdbc()
                .sql("SELECT EXISTS (SELECT FROM cart_items"
                        + " WHERE tenant_id = :tenant AND cart_id = :cart AND product_id = :product)")
                .param("tenant", RequestContext.currentTenant())
                .param("cart", cart)
                .param("product", product)
                .query(Boolean.class)
                .single();
    }

    static boolean isSaved(Transaction tx, UUID list, UUID product) {
        return tx.jdbc()
                .sql("SELECT EXISTS (SELECT FROM saved_items"
                        + " WHERE tenant_id = :tenant AND list_id = :list AND product_id = :product)")
                .param("tenant", RequestContext.currentTenant())
                .param("list", list)
                .param("product", product)
                .query(Boolean.class)
                .single();
    }

    /**
     * Moves all that the guest has saved to the customer's list, and ends the guest's; where the customer's would have too many lines,
     * everything stays where it is. Says whether all that there was is the customer's.
     */
    static boolean merge(Transaction tx, UUID customer, UUID guest) {
        Optional<UUID> from = lock(tx, new CartOwner(null, guest));
        if (from.isEmpty()) {
            return true;
        }
        UUID into = lockOrMake(tx, new CartOwner(customer, null));
        if (lines(tx, from.get(), into) > SavedLists.MAX_LINES) {
            return false;
        }
        tx.jdbc()
                .sql("""
                        WITH moved AS (
                            DELETE FROM saved_items WHERE tenant_id = :tenant AND list_id = :from
                            RETURNING tenant_id, product_id, quantity, unit_price, currency, saved_at
                        )
                        INSERT INTO saved_items AS s
                            (tenant_id, list_id, product_id, quantity, unit_price, currency, saved_at)
                        SELECT m.tenant_id, :into, m.product_id, m.quantity, m.unit_price, m.currency, m.saved_at
                        FROM moved m
                        ON CONFLICT (tenant_id, list_id, product_id) DO UPDATE
                        SET quantity = least(s.quantity + excluded.quantity, :most), unit_price = excluded.unit_price,
                            currency = excluded.currency, updated_at = now()
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("from", from.get())
                .param("into", into)
                .param("most", Cart.MAX_QUANTITY)
                .update();
        tx.jdbc()
                .sql("DELETE FROM saved_lists WHERE tenant_id = :tenant AND id = :from")
                .param("tenant", RequestContext.currentTenant())
                .param("from", from.get())
                .update();
        return true;
    }

    /**
     * The list's row is locked, so the number stands until the commit.
     *
     * @throws ActiveCartStore.Undone if there are too many lines
     */
    static void requireRoom(Transaction tx, UUID list) {
        if (lines(tx, list) > SavedLists.MAX_LINES) {
            throw new ActiveCartStore.Undone(new CartChange.TooManySaved());
        }
    }

    /** How many products are on the lists. */
    private static int lines(Transaction tx, UUID... lists) {
        return tx.jdbc()
                .sql("SELECT count(DISTINCT product_id)::integer FROM saved_items"
                        + " WHERE tenant_id = :tenant AND list_id = ANY (:lists)")
                .param("tenant", RequestContext.currentTenant())
                .param("lists", Sql.uuidArray(List.of(lists)))
                .query(Integer.class)
                .single();
    }

    /** Deletes guests' lists whose time has come, of all tenants, at most that many; says how many. */
    static int deleteExpired(Database database, int limit) {
        return database.asWorker(tx -> tx.jdbc().sql("""
                        DELETE FROM saved_lists
                        WHERE (tenant_id, id) IN (
                            SELECT tenant_id, id FROM saved_lists
                            WHERE expires_at < now()
                            ORDER BY expires_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                        """).param("limit", limit).update());
    }
}
