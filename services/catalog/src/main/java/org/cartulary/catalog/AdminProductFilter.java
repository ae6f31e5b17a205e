package org.cartulary.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which products those who manage them look for, for sale or not; a part that is {@code null} or empty lets everything through.
 * Immutable.
 *
 * @param vendorId whose they are
 * @param sku of the product
 * @param query words, a part of a name or sku, or the sku of a variant
 * @param statuses any of these
 */
record AdminProductFilter(
        @Nullable UUID vendorId,
        @Nullable String sku,
        @Nullable String query,
        Set<String> statuses) {

    /** All states that a product can be in. */
    static final Set<String> STATUSES = Set.of("draft", "active", "archived");

    private static final String FOR_SALE = "active";

    /** All products of the shop. */
    static final AdminProductFilter EVERYTHING = new AdminProductFilter(null, null, null, Set.of());

    /**
     * Refuses what no product can be.
     *
     * @throws ProblemException 422 {@code invalid-filter}
     */
    AdminProductFilter {
        statuses = Set.copyOf(statuses);
        if (!STATUSES.containsAll(statuses)) {
            throw ProblemException.unprocessable("invalid-filter", "a filter is not understood")
                    .with("?status", "unknown", "name states such as draft, each once or several times");
        }
    }

    /** The filter that the parameters of a request mean. */
    static AdminProductFilter of(
            @Nullable UUID vendorId, @Nullable String sku, @Nullable String query, String @Nullable [] statuses) {
        return new AdminProductFilter(
                vendorId,
                sku == null || sku.isBlank() ? null : sku,
                RequestedProducts.words(query),
                statuses == null ? Set.of() : Set.copyOf(List.of(statuses)));
    }

    /** Whether products that are for sale are let through. */
    boolean asksForThoseForSale() {
        return statuses.isEmpty() || statuses.contains(FOR_SALE);
    }

    /** Whether products that are not for sale are let through. */
    boolean asksForOthers() {
        return !statuses.equals(Set.of(FOR_SALE));
    }

    /** What it asks of products {@code p} but for words, in SQL. */
    String conditions() {
        return "true" + (vendorId == null ? "" : " AND p.vendor_id = :vendor")
                + (sku == null ? "" : " AND p.sku = :sku")
                + (statuses.isEmpty() ? "" : " AND p.status = ANY (:statuses)");
    }

    /** The parameters of its {@link #conditions()} by their names. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        if (vendorId != null) {
            parameters.put("vendor", vendorId);
        }
        if (sku != null) {
            parameters.put("sku", sku);
        }
        if (!statuses.isEmpty()) {
            parameters.put("statuses", Sql.textArray(List.copyOf(statuses)));
        }
        return parameters;
    }

    /** Names the list, so that its cursors fit no other. */
    String scope() {
        return "admin-products?" + Netstrings.of(vendorId, sku, query, List.copyOf(new TreeSet<>(statuses)));
    }
}
