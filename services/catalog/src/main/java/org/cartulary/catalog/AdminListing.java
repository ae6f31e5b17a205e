package org.cartulary.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.catalog.ListingStore.Query;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.jspecify.annotations.Nullable;

/** The statements by which those who manage products find them, for sale or not. */
final class AdminListing {

    private static final String FOUND = """
            SELECT p.id FROM products p
            WHERE p.tenant_id = :tenant AND p.deleted_at IS NULL AND %s AND %s
                AND (p.search_vector @@ %s OR p.name ILIKE :part OR p.sku ILIKE :part)
            """;

    private AdminListing() {}

    /**
     * The products after the id in the order of ids, at most that many.
     *
     * @param filter without a query
     */
    static Query products(AdminProductFilter filter, @Nullable UUID after, int limit) {
        Map<String, Object> parameters = parameters(filter, limit);
        if (after != null) {
            parameters.put("after", after);
        }
        return new Query(
                ProductSql.AS_SET + "AND " + filter.conditions() + (after == null ? "" : " AND p.id > :after")
                        + " ORDER BY p.id LIMIT :limit",
                parameters);
    }

    /** Those of the products with these ids that still are what the filter asks for but for words, in the order of ids. */
    static Query products(AdminProductFilter filter, List<UUID> ids) {
        Map<String, Object> parameters = parameters(filter, ids.size());
        parameters.put("ids", Sql.uuidArray(ids));
        return new Query(
                ProductSql.AS_SET + "AND p.id = ANY (:ids) AND " + filter.conditions() + " ORDER BY p.id LIMIT :limit",
                parameters);
    }

    private static Map<String, Object> parameters(AdminProductFilter filter, int limit) {
        Map<String, Object> parameters = new HashMap<>(filter.parameters());
        parameters.put("tenant", RequestContext.currentTenant());
        parameters.put("limit", limit);
        return parameters;
    }

    /**
     * The ids of the products that have the words, after the id in the order of ids, at most that many. It is a statement of the
     * read-only role, which may use indexes by words; so it asks for the shop, and for the vendor, itself. Those that are for sale have
     * an index, and those that are not have another one.
     *
     * @param filter with a query
     */
    static Query ids(AdminProductFilter filter, SearchLanguages languages, @Nullable UUID after, int limit) {
        String query = Objects.requireNonNull(filter.query());
        String others = filter.conditions();
        List<String> found = new ArrayList<>();
        if (filter.asksForThoseForSale()) {
            found.add(FOUND.formatted("p.status = 'active'", others, languages.query()));
        }
        if (filter.asksForOthers()) {
            found.add(FOUND.formatted("p.status <> 'active'", others, languages.query()));
        }
        found.add("""
                SELECT p.id FROM catalog_skus k
                JOIN products p ON p.tenant_id = k.tenant_id AND p.id = k.product_id
                WHERE k.tenant_id = :tenant AND k.sku = :query AND p.deleted_at IS NULL AND %s
                """.formatted(others));
        Map<String, Object> parameters = parameters(filter, limit);
        parameters.put("query", query);
        parameters.put("part", "%" + ProductConditions.literal(query) + "%");
        parameters.put("after", after == null ? new UUID(0, 0) : after);
        return new Query(
                "SELECT f.id FROM (" + String.join("UNION\n", found)
                        + ") f WHERE f.id > :after ORDER BY f.id LIMIT :limit",
                parameters);
    }
}
