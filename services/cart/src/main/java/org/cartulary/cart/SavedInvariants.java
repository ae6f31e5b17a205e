package org.cartulary.cart;

import java.util.List;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What holds at any time of what is saved for later. */
final class SavedInvariants {

    static final List<SqlInvariant> ALL = List.of(
            new SqlInvariant(
                    "one-saved-list-an-owner",
                    "a customer, or a guest, has at most one list of what is saved for later",
                    "(SELECT tenant_id, customer_id, guest_id, count(*) AS lists FROM saved_lists GROUP BY 1, 2, 3) o",
                    "o.lists > 1",
                    "format('owner %s of tenant %s has %s lists', coalesce(o.customer_id, o.guest_id), o.tenant_id, o.lists)"),
            new SqlInvariant(
                    "saved-items-are-possible",
                    "every item that is saved for later has a quantity of 1 to 999,999 and a price that is not negative",
                    "saved_items i",
                    "i.quantity NOT BETWEEN 1 AND 999999 OR i.unit_price < 0",
                    "format('product %s in list %s of tenant %s', i.product_id, i.list_id, i.tenant_id)"),
            new SqlInvariant(
                    "saved-lists-are-limited",
                    "a list of what is saved for later has at most 200 lines",
                    "(SELECT tenant_id, list_id, count(*) AS lines FROM saved_items GROUP BY 1, 2) l",
                    "l.lines > " + SavedLists.MAX_LINES,
                    "format('list %s of tenant %s has %s lines', l.list_id, l.tenant_id, l.lines)"),
            new SqlInvariant(
                    "saved-lists-of-guests-end",
                    "what a guest has saved for later ends at some time, and what a customer has does not",
                    "saved_lists l",
                    "(l.guest_id IS NOT NULL) <> (l.expires_at IS NOT NULL)",
                    "format('list %s of tenant %s', l.id, l.tenant_id)"));

    private SavedInvariants() {}
}
