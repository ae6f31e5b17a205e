package org.cartulary.cart;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Carts in PostgreSQL. Each change first takes the cart's row, by one statement that checks owner, state and version;
 * so changes of one cart follow one another. Thread-safe.
 *
 * <p>Carts that are filled at the same time are filled by one transaction, which so holds several at once, in the order of the
 * calls. Nobody waits for it in a circle for long: it waits for a cart for 200 ms at most, which is less than a deadlock takes
 * to be found, and is then rolled back, and each of its calls is run in a transaction of its own, which needs one cart only.
 */
final class CartStore {

    private final Database database;
    private final Coalescer<Filling, StoredCart> filler;
    private final Coalescer<UUID, Optional<StoredCart>> finder;

    CartStore(Database database) {
        this.database = database;
        Coalescing coalescing = Coalescing.of(database);
        this.filler = coalescing.together("fill-active-cart", CartStore::fillAll);
        this.finder = coalescing.together("find-cart", CartStore::findAll);
    }

    /** What became of a change. */
    sealed interface Change {

        /** It is done. */
        record Done(UUID cartId) implements Change {}

        /** The owner has no such cart, or it is not active any more. */
        record NoSuchCart() implements Change {}

        /** The cart has another version than the caller has seen. */
        record Stale() implements Change {}

        /** A quantity would exceed the most that a line may have. */
        record QuantityTooGreat() implements Change {}

        /** The cart would have too many lines. */
        record TooManyLines() implements Change {}

        /** The cart would be worth more than an amount of money can be. */
        record WorthTooMuch() implements Change {}
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
        return fill(tx, List.of(filling)).getFirst().orUndone();
    }

    /** Fills carts of any owners, several perhaps of one owner, by one statement, one after another. */
    private static List<StoredCart> fillAll(Transaction tx, List<Call<Filling>> calls) {
        List<Filled> filled = fill(tx, calls.stream().map(Call::command).toList());
        List<StoredCart> carts = new ArrayList<>(calls.size());
        for (Filled one : filled) {
            try {
                carts.add(one.orUndone());
            } catch (Undone undone) {
                // It is done already, so the transaction has to end: the others begin anew without it.
                throw new CallFailedException(carts.size(), undone);
            }
        }
        return carts;
    }

    private record Filled(String outcome, StoredCart cart) {

        StoredCart orUndone() {
            return switch (outcome) {
                case "DONE" -> cart;
                case "QUANTITY_TOO_GREAT" -> throw new Undone(new Change.QuantityTooGreat());
                case "TOO_MANY_LINES" -> throw new Undone(new Change.TooManyLines());
                case "WORTH_TOO_MUCH" -> throw new Undone(new Change.WorthTooMuch());
                default -> throw new IllegalStateException("add_to_active_cart answered " + outcome);
            };
        }
    }

    private static List<Filled> fill(Transaction tx, List<Filling> fillings) {
        List<CartLine> lines =
                fillings.stream().flatMap(filling -> filling.lines().stream()).toList();
        return tx.jdbc()
                .sql("""
                        SELECT c.*
                        FROM unnest(:ids, :customers, :guests, :currencies, :days, :lineCounts, :lastLines)
                            WITH ORDINALITY AS f (id, customer, guest, currency, days, line_count, last_line, position)
                        CROSS JOIN LATERAL (SELECT f.last_line - f.line_count + 1 AS first_line) l
                        CROSS JOIN LATERAL add_to_active_cart(:tenant, f.id, f.customer, f.guest, f.currency, f.days,
                            (:products)[l.first_line : f.last_line], (:quantities)[l.first_line : f.last_line],
                            (:prices)[l.first_line : f.last_line], :mostUnits, :mostLines, :mostWorth) c
                        ORDER BY f.position
                        """)
                .param("ids", Sql.uuidArray(fillings, filling -> Ids.next()))
                .param(
                        "customers",
                        Sql.uuidArray(fillings, filling -> filling.owner().customerId()))
                .param(
                        "guests",
                        Sql.uuidArray(fillings, filling -> filling.owner().guestId()))
                .param("currencies", Sql.textArray(fillings, Filling::currency))
                .param("days", Sql.intArray(fillings, Filling::days))
                .param(
                        "lineCounts",
                        Sql.intArray(fillings, filling -> filling.lines().size()))
                .param("lastLines", Sql.intArray(lastLines(fillings)))
                .param("tenant", RequestContext.currentTenant())
                .param("products", Sql.uuidArray(lines, CartLine::productId))
                .param("quantities", Sql.intArray(lines, CartLine::quantity))
                .param(
                        "prices",
                        Sql.numericArray(lines, line -> line.unitPrice().amount()))
                .param("mostUnits", Cart.MAX_QUANTITY)
                .param("mostLines", Cart.MAX_LINES)
                .param("mostWorth", Cart.MAX_WORTH)
                .query((row, number) -> new Filled(row.getString("outcome"), cart(row)))
                .list();
    }

    /** Where the lines of each filling end among those of all, from 1. */
    private static List<Integer> lastLines(List<Filling> fillings) {
        List<Integer> ends = new ArrayList<>(fillings.size());
        int end = 0;
        for (Filling filling : fillings) {
            end += filling.lines().size();
            ends.add(end);
        }
        return ends;
    }

    /** Puts the lines into a cart. */
    static Change add(Transaction tx, UUID cart, CartOwner owner, int days, Collection<CartLine> lines) {
        Change touched = touch(tx, cart, owner, null, days);
        return touched instanceof Change.Done ? add(tx, cart, lines) : touched;
    }

    private static Change add(Transaction tx, UUID cart, Collection<CartLine> lines) {
        int[] counts = tx
                .jdbc()
                .sql("""
                        WITH added AS (
                            INSERT INTO cart_items AS i (tenant_id, cart_id, product_id, quantity, unit_price)
                            SELECT :tenant, :cart, l.product_id, l.quantity, l.unit_price
                            FROM unnest(:products, :quantities, :prices) AS l (product_id, quantity, unit_price)
                            ON CONFLICT (tenant_id, cart_id, product_id) DO UPDATE
                            SET quantity = i.quantity + excluded.quantity, unit_price = excluded.unit_price, updated_at = now()
                            WHERE i.quantity + excluded.quantity <= :most
                            RETURNING 1
                        )
                        SELECT count(*)::integer FROM added
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("cart", cart)
                .param("products", Sql.uuidArray(lines, CartLine::productId))
                .param("quantities", Sql.intArray(lines, CartLine::quantity))
                .param(
                        "prices",
                        Sql.numericArray(lines, line -> line.unitPrice().amount()))
                .param("most", Cart.MAX_QUANTITY)
                .query((row, number) -> row.getInt(1))
                .stream()
                .mapToInt(Integer::intValue)
                .toArray();
        if (counts[0] != lines.size()) {
            throw new Undone(new Change.QuantityTooGreat());
        }
        return withinLimit(tx, cart);
    }

    /** Sets the quantity of a product, which is put into the cart where it is not there. */
    Change set(UUID cart, CartOwner owner, @Nullable Long version, int days, CartLine line) {
        return database.inTransaction(tx -> {
            Change touched = touch(tx, cart, owner, version, days);
            if (!(touched instanceof Change.Done)) {
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
    Change remove(UUID cart, CartOwner owner, @Nullable Long version, int days, UUID product) {
        return database.inTransaction(tx -> {
            Change touched = touch(tx, cart, owner, version, days);
            if (touched instanceof Change.Done) {
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

    private static Change touch(Transaction tx, UUID cart, CartOwner owner, @Nullable Long version, int days) {
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
            return new Change.NoSuchCart();
        }
        if (found.getFirst()) {
            return new Change.Done(cart);
        }
        // Without a version to differ from, the cart was found only because it has ceased to be active this moment.
        return version == null ? new Change.NoSuchCart() : new Change.Stale();
    }

    /** The cart's row is locked, so the sums stand until the commit. */
    static Change withinLimit(Transaction tx, UUID cart) {
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
            throw new Undone(new Change.TooManyLines());
        }
        if (size.worth().compareTo(Cart.MAX_WORTH) > 0) {
            throw new Undone(new Change.WorthTooMuch());
        }
        return new Change.Done(cart);
    }

    /** Ends a transaction without an effect, and says why. */
    static final class Undone extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private final transient Change change;

        Undone(Change change) {
            super(change.toString(), null, false, false);
            this.change = change;
        }

        Change change() {
            return change;
        }
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
                            c.continued_in,
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
                .query((row, number) -> cart(row))
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

    private static StoredCart cart(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        List<CartLine> lines = List.of();
        if (row.getArray("products") != null) {
            UUID[] products = (UUID[]) row.getArray("products").getArray();
            Integer[] quantities = (Integer[]) row.getArray("quantities").getArray();
            BigDecimal[] prices = (BigDecimal[]) row.getArray("prices").getArray();
            lines = IntStream.range(0, products.length)
                    .mapToObj(i ->
                            new CartLine(products[i], quantities[i], Money.of(prices[i], Money.currencyOf(currency))))
                    .toList();
        }
        return new StoredCart(
                row.getObject("id", UUID.class),
                row.getObject("customer_id", UUID.class),
                row.getObject("guest_id", UUID.class),
                row.getString("status"),
                currency,
                row.getLong("version"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getObject("continued_in", UUID.class),
                lines);
    }
}
