package org.cartulary.cart;

import java.util.List;
import java.util.stream.Stream;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What holds at any time of carts, and of what is saved for later. */
final class CartInvariants {

    private static final List<SqlInvariant> INVARIANTS = List.of(
            new SqlInvariant(
                    "one-active-cart-an-owner",
                    "a customer, or a guest, has at most one active cart",
                    "(SELECT tenant_id, customer_id, guest_id, count(*) AS carts FROM carts WHERE status = 'ACTIVE'"
                            + " GROUP BY 1, 2, 3) o",
                    "o.carts > 1",
                    "format('owner %s of tenant %s has %s active carts', coalesce(o.customer_id, o.guest_id),"
                            + " o.tenant_id, o.carts)"),
            new SqlInvariant(
                    "cart-items-are-possible",
                    "every item of a cart has a quantity of 1 to 999,999 and a price that is not negative",
                    "cart_items i",
                    "i.quantity NOT BETWEEN 1 AND 999999 OR i.unit_price < 0",
                    "format('product %s in cart %s of tenant %s', i.product_id, i.cart_id, i.tenant_id)"),
            new SqlInvariant(
                    "ordered-carts-have-orders",
                    "a cart names an order exactly when it is ordered",
                    "carts c",
                    "(c.status = 'ORDERED') <> (c.ordered_order_id IS NOT NULL)",
                    "format('cart %s of tenant %s is %s', c.id, c.tenant_id, c.status)"),
            new SqlInvariant(
                    "ended-carts-are-continued",
                    "a merged cart names the cart that it was merged into, and no cart that lives on names another",
                    "carts c",
                    "CASE c.status WHEN 'MERGED' THEN c.continued_in IS NULL WHEN 'ORDERED' THEN false"
                            + " ELSE c.continued_in IS NOT NULL END",
                    "format('cart %s of tenant %s is %s', c.id, c.tenant_id, c.status)"));

    private final Database database;

    CartInvariants(Database database) {
        this.database = database;
    }

    List<InvariantResult> check() {
        return SqlInvariant.check(
                database,
                Stream.concat(INVARIANTS.stream(), SavedInvariants.ALL.stream()).toList());
    }
}
