package org.cartulary.cart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.contracts.cart.CartLine;
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

/**
 * What owners do to their active carts. Each change first takes the cart's row, by one statement that checks owner, state and
 * version; so changes of one cart follow one another. Thread-safe.
 *
 * <p>Carts that are filled at the same time are filled by one transaction, which so holds several at once, guests' before
 * customers' and each in the order of their owners. Nobody waits for it in a circle for long: it waits for a cart for 200 ms at
 * most, which is less than a deadlock takes to be found, and is then rolled back, and each of its calls is run in a
 * transaction of its own, which needs one cart only.
 */
final class ActiveCartStore {

    private final Database database;
    private final Coalescer<Filling, StoredCart> filler;

    ActiveCartStore(Database database) {
        this.database = database;
        this.filler = Coalescing.of(database).together("fill-active-cart", ActiveCartStore::fillAll);
    }

    /**
     * Products for the owner's active cart, which is created where there is none.
     *
     * @param days how long the cart is kept from now on
     */
    record Filling(CartOwner owner, String currency, int days, List<CartLine> lines) {}

    /**
     * Puts products into an active cart and answers with the cart as it is then.
     *
     * @throws Undone if the cart would exceed its limits
     */
    StoredCart fill(Filling filling) {
        return filler.call(filling);
    }

    /** The same in the caller's transaction. */
    static StoredCart fill(Transaction tx, Filling filling) {
        return fillDifferent(tx, List.of(filling)).getFirst().orUndone();
    }

    /**
     * Fills carts of any owners by one statement. Of several fillings for one owner each has its turn after the one before, and
     * is answered with the cart as it is then.
     */
    static List<StoredCart> fillAll(Transaction tx, List<Call<Filling>> calls) {
        Map<CartOwner, Integer> turns = new HashMap<>();
        Map<Integer, List<Integer>> callsByTurn = new TreeMap<>();
        for (int call = 0; call < calls.size(); call++) {
            int turn = turns.merge(calls.get(call).command().owner(), 1, Integer::sum);
            callsByTurn.computeIfAbsent(turn, _ -> new ArrayList<>()).add(call);
        }
        Map<Integer, Filled> filled = new TreeMap<>();
        for (List<Integer> turn : callsByTurn.values()) {
            List<Filled> carts = fillDifferent(
                    tx, turn.stream().map(call -> calls.get(call).command()).toList());
            for (int i = 0; i < turn.size(); i++) {
                filled.put(turn.get(i), carts.get(i));
            }
        }
        return filled.entrySet().stream()
                .map(one -> one.getValue().orUndone(one.getKey()))
                .toList();
    }

    private record Filled(String outcome, StoredCart cart) {

        /** What is not done is done already, so the transaction has to end: the other calls begin anew without it. */
        StoredCart orUndone(int call) {
            try {
                return orUndone();
            } catch (Undone undone) {
                throw new CallFailedException(call, undone);
            }
        }

        StoredCart orUndone() {
            return switch (outcome) {
                case "DONE" -> cart;
                case "QUANTITY_TOO_GREAT" -> throw new Undone(new CartChange.QuantityTooGreat());
                case "TOO_MANY_LINES" -> throw new Undone(new CartChange.TooManyLines());
                case "WORTH_TOO_MUCH" -> throw new Undone(new CartChange.WorthTooMuch());
                case "OTHER_CURRENCY" -> throw new Undone(new CartChange.OtherCurrency(cart.id()));
                default -> throw new IllegalStateException("add_to_active_carts answered " + outcome);
            };
        }
    }

    private static List<Filled> fillDifferent(Transaction tx, List<Filling> fillings) {
        List<Integer> callsOfLines = new ArrayList<>();
        List<CartLine> lines = new ArrayList<>();
        for (int i = 0; i < fillings.size(); i++) {
            for (CartLine line : fillings.get(i).lines()) {
                callsOfLines.add(i + 1);
                lines.add(line);
            }
        }
        return tx.jdbc()
                .sql("""
                        SELECT outcome, id, customer_id, guest_id, status, currency, version, expires_at, continued_in,
                            coupon_code, products, quantities, prices
                        FROM add_to_active_carts(:tenant, :ids, :customers, :guests, :currencies, :days, :calls, :products,
                            :quantities, :prices, :mostUnits, :mostLines, :mostWorth)
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("ids", Sql.uuidArray(fillings, filling -> Ids.next()))
                .param(
                        "customers",
                        Sql.uuidArray(fillings, filling -> filling.owner().customerId()))
                .param(
                        "guests",
                        Sql.uuidArray(fillings, filling -> filling.owner().guestId()))
                .param("currencies", Sql.textArray(fillings, Filling::currency))
                .param("days", Sql.intArray(fillings, Filling::days))
                .param("calls", Sql.intArray(callsOfLines))
                .param("products", Sql.uuidArray(lines, CartLine::productId))
                .param("quantities", Sql.intArray(lines, CartLine::quantity))
                .param(
                        "prices",
                        Sql.numericArray(lines, line -> line.unitPrice().amount()))
                .param("mostUnits", Cart.MAX_QUANTITY)
                .param("mostLines", Cart.MAX_LINES)
                .param("mostWorth", Cart.MAX_WORTH)
                .query((row, number) -> new Filled(row.getString("outcome"), StoredCart.read(row)))
                .list();
    }

    /** Puts the lines into a cart. */
    static CartChange add(Transaction tx, UUID cart, CartOwner owner, int days, Collection<CartLine> lines) {
        CartChange touched = touch(tx, cart, owner, null, days);
        return touched instanceof CartChange.Done ? add(tx, cart, lines) : touched;
    }

    /** Puts the lines into a cart that was touched in this transaction. */
    static CartChange add(Transaction tx, UUID cart, Collection<CartLine> lines) {
        int added = tx.jdbc()
                .sql("""
                        INSERT INTO cart_items AS i (tenant_id, cart_id, product_id, quantity, unit_price)
                        SELECT :tenant, :cart, l.product_id, l.quantity, l.unit_price
                        FROM unnest(:products, :quantities, :prices) AS l (product_id, quantity, unit_price)
                        ON CONFLICT (tenant_id, cart_id, product_id) DO UPDATE
                        SET quantity = i.quantity + excluded.quantity, unit_price = excluded.unit_price, updated_at = now()
                        WHERE i.quantity + excluded.quantity <= :most
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("cart", cart)
                .param("products", Sql.uuidArray(lines, CartLine::productId))
                .param("quantities", Sql.intArray(lines, CartLine::quantity))
                .param(
                        "prices",
                        Sql.numericArray(lines, line -> line.unitPrice().amount()))
                .param("most", Cart.MAX_QUANTITY)
                .update();
        if (added != lines.size()) {
            throw new Undone(new CartChange.QuantityTooGreat());
        }
        return withinLimit(tx, cart);
    }

    /** Sets the quantity of a product, which is put into the cart where it is not there. */
    CartChange set(UUID cart, CartOwner owner, @Nullable Long version, int days, CartLine line) {
        return database.inTransaction(tx -> {
            CartChange touched = touch(tx, cart, owner, version, days);
            if (!(touched instanceof CartChange.Done)) {
                return touched;
            }
            tx.jdbc()
                    .sql("""
                            INSERT INTO cart_items (tenant_id, cart_id, product_id, quantity, unit_price)
                            VALUES (:tenant, :cart, :product, :quantity, :price)
                            ON CONFLICT (tenant_id, cart_id, product_id) DO UPDATE
                            SET quantity = excluded.quantity, unit_price = excluded.unit_price, updated_at = now()
                            """)
                    .param("tenant", RequestContext.currentTenant())
                    .param("cart", cart)
                    .param("product", line.productId())
                    .param("quantity", line.quantity())
                    .param("price", line.unitPrice().amount())
                    .update();
            return withinLimit(tx, cart);
        });
    }

    /** Takes a product out of the cart; one that is not in it is out already. */
    CartChange remove(UUID cart, CartOwner owner, @Nullable Long version, int days, UUID product) {
        return database.inTransaction(tx -> {
            CartChange touched = touch(tx, cart, owner, version, days);
            if (touched instanceof CartChange.Done) {
                tx.jdbc()
                        .sql(
                                "DELETE FROM cart_items WHERE tenant_id = :tenant AND cart_id = :cart AND product_id = :product")
                        .param("tenant", RequestContext.currentTenant())
                        .param("cart", cart)
                        .param("product", product)
                        .update();
            }
            return touched;
        });
    }

    static CartChange touch(Transaction tx, UUID cart, CartOwner owner, @Nullable Long version, int days) {
        List<Boolean> found = tx.jdbc()
                .sql("""
                        WITH touched AS (
                            UPDATE carts
                            SET version = version + 1, updated_at = now(), expires_at = now() + make_interval(days => :days)
                            WHERE tenant_id = :tenant AND id = :cart AND status = 'ACTIVE'
                              AND (customer_id = :customer OR guest_id = :guest)
                              AND (cast(:version AS bigint) IS NULL OR version = :version)
                            RETURNING true AS done
                        )
                        SELECT done FROM touched
                        UNION ALL
                        SELECT false FROM carts
                        WHERE tenant_id = :tenant AND id = :cart AND status = 'ACTIVE'
                          AND (customer_id = :customer OR guest_id = :guest)
                          AND NOT EXISTS (SELECT FROM touched)
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("cart", cart)
                .param("customer", owner.customerId())
                .param("guest", owner.guestId())
                .param("version", version)
                .param("days", days)
                .query(Boolean.class)
                .list();
        if (found.isEmpty()) {
            return new CartChange.NoSuchCart();
        }
        if (found.getFirst()) {
            return new CartChange.Done(cart);
        }
        // Without a version to differ from, the cart was found only because it has ceased to be active this moment.
        return version == null ? new CartChange.NoSuchCart() : new CartChange.Stale();
    }

    /** The cart's row is locked, so the sums stand until the commit. */
    static CartChange withinLimit(Transaction tx, UUID cart) {
        record Size(int lines, BigDecimal worth) {}
        Size size = tx.jdbc()
                .sql("""
                        SELECT count(*)::integer AS lines, coalesce(sum(quantity * unit_price), 0) AS worth
                        FROM cart_items WHERE tenant_id = :tenant AND cart_id = :cart
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("cart", cart)
                .query((row, number) -> new Size(row.getInt("lines"), row.getBigDecimal("worth")))
                .single();
        if (size.lines() > Cart.MAX_LINES) {
            throw new Undone(new CartChange.TooManyLines());
        }
        if (size.worth().compareTo(Cart.MAX_WORTH) > 0) {
            throw new Undone(new CartChange.WorthTooMuch());
        }
        return new CartChange.Done(cart);
    }

    /** Ends a transaction without an effect, and says why. */
    static final class Undone extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private final transient CartChange change;

        Undone(CartChange change) {
            super(change.toString(), null, false, false);
            this.change = change;
        }

        CartChange change() {
            return change;
        }
    }
}
