package org.cartulary.cart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.contracts.cart.ConvertCart.OrderedLine;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.CallFailedException;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Carts that become orders, and what is left of them. Whoever needs two carts locks the guest's before the customer's
 * and the one that has ended before the active one, so that nobody waits for a cart in a circle. Thread-safe.
 *
 * <p>Carts that become orders at the same time do so in one transaction, which takes all of them in that order, and only then
 * what is left of any. With several of them it may come to a circle; but such a transaction waits for a cart for 200 ms at most,
 * which is less than a deadlock takes to be found, and is then rolled back, and each of its calls is run in a transaction of
 * its own, for which the order holds.
 */
final class OrderedCartStore {

    private static final String ORDERED_LINES = """
            WITH ordered AS (
                SELECT o.product_id, sum(o.quantity) AS quantity
                FROM unnest(:products, :quantities) AS o (product_id, quantity)
                GROUP BY o.product_id
            )""";

    private final Coalescer<ConvertCart, Boolean> converter;

    OrderedCartStore(Database database) {
        this.converter = Coalescing.of(database).together("convert-cart", OrderedCartStore::convertAll);
    }

    /** The cart as it was before it became an order. */
    private record Before(
            UUID cart,
            String status,
            long version,
            @Nullable UUID continuedIn,
            boolean ofCustomer) {}

    /**
     * Notes that the cart became an order, once; what was not ordered of it goes on in an active cart. A cart that is gone
     * or was ordered before stays as it is.
     */
    void convert(ConvertCart command) {
        converter.call(command);
    }

    private static List<Boolean> convertAll(Transaction tx, List<Call<ConvertCart>> calls) {
        Map<UUID, ConvertCart> commands = new LinkedHashMap<>();
        calls.forEach(call -> commands.putIfAbsent(call.command().cartId(), call.command()));
        Map<UUID, Before> marked = markOrdered(tx, commands.values());
        List<Boolean> answers = new ArrayList<>(calls.size());
        for (Call<ConvertCart> call : calls) {
            ConvertCart command = call.command();
            // Of several calls for a cart the first converts it, as if they had come one after another.
            Before before = marked.remove(command.cartId());
            if (before != null) {
                try {
                    keepRest(tx, command, before);
                } catch (RuntimeException failure) {
                    throw new CallFailedException(answers.size(), failure);
                }
            }
            answers.add(before != null);
        }
        return answers;
    }

    private static void keepRest(Transaction tx, ConvertCart command, Before before) {
        if (before.status().equals("MERGED")) {
            takeOut(tx, command, before.continuedIn());
        } else if (before.version() != command.version() && hasRest(tx, command)) {
            UUID successor = successor(tx, command.cartId(), before.ofCustomer());
            moveRest(tx, command, successor);
        }
    }

    /** The one statement that decides: afterwards nobody changes the carts, and a repetition finds nothing to do. */
    private static Map<UUID, Before> markOrdered(Transaction tx, Collection<ConvertCart> commands) {
        return tx
                .jdbc()
                .sql("""
                        WITH before AS MATERIALIZED (
                            SELECT tenant_id, id, status, version
                            FROM carts
                            WHERE tenant_id = :tenant AND id = ANY (:carts) AND status IN ('ACTIVE', 'ABANDONED', 'MERGED')
                            ORDER BY customer_id IS NOT NULL, status = 'ACTIVE', id
                            FOR UPDATE
                        )
                        UPDATE carts c
                        SET status = 'ORDERED', ordered_order_id = w.order_id, version = c.version + 1, updated_at = now()
                        FROM before b
                        JOIN unnest(:carts, :orders) AS w (cart_id, order_id) ON w.cart_id = b.id
                        WHERE c.tenant_id = b.tenant_id AND c.id = b.id
                        RETURNING c.id, b.status, b.version, c.continued_in, c.customer_id IS NOT NULL AS of_customer
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("carts", Sql.uuidArray(commands, ConvertCart::cartId))
                .param("orders", Sql.uuidArray(commands, ConvertCart::orderId))
                .query((row, number) -> new Before(
                        row.getObject("id", UUID.class),
                        row.getString("status"),
                        row.getLong("version"),
                        row.getObject("continued_in", UUID.class),
                        row.getBoolean("of_customer")))
                .stream()
                .collect(Collectors.toMap(Before::cart, Function.identity()));
    }

    private static boolean hasRest(Transaction tx, ConvertCart command) {
        return withLines(tx, command, ORDERED_LINES + """

                        SELECT EXISTS (
                            SELECT FROM cart_items i
                            LEFT JOIN ordered o ON o.product_id = i.product_id
                            WHERE i.tenant_id = :tenant AND i.cart_id = :cart AND i.quantity > coalesce(o.quantity, 0))
                        """).query(Boolean.class).single();
    }

    /** The owner's active cart, made where there is none, which lives as long as the ordered one would have. */
    private static UUID successor(Transaction tx, UUID cart, boolean ofCustomer) {
        UUID successor = tx.jdbc()
                .sql("""
                        INSERT INTO carts (tenant_id, id, customer_id, guest_id, currency, expires_at)
                        SELECT tenant_id, :id, customer_id, guest_id, currency, greatest(expires_at, now() + interval '1 day')
                        FROM carts
                        WHERE tenant_id = :tenant AND id = :cart
                        ON CONFLICT (tenant_id, %s) WHERE status = 'ACTIVE'
                        DO UPDATE SET version = carts.version + 1, updated_at = now(),
                                      expires_at = greatest(carts.expires_at, excluded.expires_at)
                        RETURNING id
                        """.formatted(ofCustomer ? "customer_id" : "guest_id"))
                .param("tenant", RequestContext.currentTenant())
                .param("id", Ids.next())
                .param("cart", cart)
                .query(UUID.class)
                .single();
        tx.jdbc()
                .sql("UPDATE carts SET continued_in = :successor WHERE tenant_id = :tenant AND id = :cart")
                .param("successor", successor)
                .param("tenant", RequestContext.currentTenant())
                .param("cart", cart)
                .update();
        return successor;
    }

    /** What was ordered stays in the ordered cart. Even an overfull successor takes the rest: nothing is lost. */
    private static void moveRest(Transaction tx, ConvertCart command, UUID successor) {
        withLines(tx, command, ORDERED_LINES + """
                        , rest AS (
                            SELECT i.product_id, i.quantity AS present, i.quantity - coalesce(o.quantity, 0) AS quantity,
                                   i.unit_price, i.added_at
                            FROM cart_items i
                            LEFT JOIN ordered o ON o.product_id = i.product_id
                            WHERE i.tenant_id = :tenant AND i.cart_id = :cart AND i.quantity > coalesce(o.quantity, 0)
                        ), shrunk AS (
                            UPDATE cart_items i
                            SET quantity = i.quantity - rest.quantity, updated_at = now()
                            FROM rest
                            WHERE i.tenant_id = :tenant AND i.cart_id = :cart AND i.product_id = rest.product_id
                              AND rest.quantity < rest.present
                        ), gone AS (
                            DELETE FROM cart_items i
                            USING rest
                            WHERE i.tenant_id = :tenant AND i.cart_id = :cart AND i.product_id = rest.product_id
                              AND rest.quantity = rest.present
                        )
                        INSERT INTO cart_items AS i (tenant_id, cart_id, product_id, quantity, unit_price, added_at)
                        SELECT :tenant, :successor, product_id, quantity, unit_price, added_at
                        FROM rest
                        ON CONFLICT (tenant_id, cart_id, product_id) DO UPDATE
                        SET quantity = least(i.quantity + excluded.quantity, :most), unit_price = excluded.unit_price,
                            updated_at = now()
                        """)
                .param("successor", successor)
                .param("most", Cart.MAX_QUANTITY)
                .update();
    }

    /** Takes what was ordered of a merged cart out of the cart that it went into, unless that one has ended too. */
    private static void takeOut(Transaction tx, ConvertCart command, @Nullable UUID successor) {
        int active = tx.jdbc()
                .sql("""
                        UPDATE carts SET version = version + 1, updated_at = now()
                        WHERE tenant_id = :tenant AND id = :successor AND status = 'ACTIVE'
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("successor", successor)
                .update();
        if (active == 0) {
            return;
        }
        withLines(tx, command, ORDERED_LINES + """
                        , taken AS (
                            SELECT o.product_id, least(o.quantity, merged.quantity) AS quantity
                            FROM ordered o
                            JOIN cart_items merged ON merged.tenant_id = :tenant AND merged.cart_id = :cart
                                                  AND merged.product_id = o.product_id
                        ), gone AS (
                            DELETE FROM cart_items i
                            USING taken
                            WHERE i.tenant_id = :tenant AND i.cart_id = :successor AND i.product_id = taken.product_id
                              AND i.quantity <= taken.quantity
                        )
                        UPDATE cart_items i
                        SET quantity = i.quantity - taken.quantity, updated_at = now()
                        FROM taken
                        WHERE i.tenant_id = :tenant AND i.cart_id = :successor AND i.product_id = taken.product_id
                          AND i.quantity > taken.quantity
                        """)
                .param("successor", successor)
                .update();
    }

    private static JdbcClient.StatementSpec withLines(Transaction tx, ConvertCart command, String sql) {
        return tx.jdbc()
                .sql(sql)
                .param("tenant", RequestContext.currentTenant())
                .param("cart", command.cartId())
                .param("products", Sql.uuidArray(command.lines(), OrderedLine::productId))
                .param("quantities", Sql.intArray(command.lines(), OrderedLine::quantity));
    }
}
