package org.cartulary.catalog;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;

/** Completes what somebody types. Thread-safe. */
final class SuggestionStore {

    private final Database database;

    SuggestionStore(Database database) {
        this.database = database;
    }

    /**
     * Categories, brands and products of which a word begins with what was typed, shorter names first; where there is none,
     * products that have words that are spelt alike.
     *
     * @param limit how many of each kind at most
     */
    List<Suggestion> of(String typed, int limit) {
        List<UUID> products = database.asReadonly(tx -> {
            List<UUID> beginning = beginning(tx, typed, limit);
            return beginning.isEmpty() ? corrected(tx, typed, limit) : beginning;
        });
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        (SELECT 'CATEGORY' AS kind, c.name AS text, c.slug, NULL AS image_url
                         FROM categories c
                         WHERE c.tenant_id = :tenant AND c.is_active AND (c.name ILIKE :first OR c.name ILIKE :further)
                         ORDER BY length(c.name), c.name LIMIT :limit)
                        UNION ALL
                        (SELECT 'BRAND', b.name, b.slug, NULL
                         FROM brands b
                         WHERE b.tenant_id = :tenant AND (b.name ILIKE :first OR b.name ILIKE :further)
                         ORDER BY length(b.name), b.name LIMIT :limit)
                        UNION ALL
                        (SELECT 'PRODUCT', p.name, p.slug, i.url
                         FROM unnest(:products) WITH ORDINALITY AS found (id, place)
                         JOIN products p ON p.tenant_id = :tenant AND p.id = found.id
                         LEFT JOIN product_images i
                             ON i.tenant_id = p.tenant_id AND i.product_id = p.id AND i.is_primary
                         ORDER BY found.place)
                        """)
                .params(ProductConditions.forSale()
                        .with("first", first(typed))
                        .with("further", further(typed))
                        .with("products", Sql.uuidArray(products))
                        .with("limit", limit)
                        .parameters())
                .query((row, number) -> new Suggestion(
                        Suggestion.Kind.valueOf(row.getString("kind")),
                        row.getString("text"),
                        row.getString("slug"),
                        row.getString("image_url")))
                .list());
    }

    private static List<UUID> beginning(Transaction tx, String typed, int limit) {
        ProductConditions conditions = ProductConditions.forSale()
                .and("(p.name ILIKE :first OR p.name ILIKE :further)")
                .with("first", first(typed))
                .with("further", further(typed));
        return ids(tx, conditions, "length(p.name), p.name, p.id", limit);
    }

    private static List<UUID> corrected(Transaction tx, String typed, int limit) {
        ProductFilter filter = ProductFilter.of(typed).spelt(Spelling.CORRECTED).understood(tx);
        return ids(tx, ProductConditions.searched(filter), "length(p.name), p.name, p.id", limit);
    }

    private static List<UUID> ids(Transaction tx, ProductConditions conditions, String order, int limit) {
        return tx.jdbc()
                .sql("SELECT p.id FROM products p WHERE " + conditions.where() + " ORDER BY " + order + " LIMIT :limit")
                .params(conditions.with("limit", limit).parameters())
                .query(UUID.class)
                .list();
    }

    private static String first(String typed) {
        return ProductConditions.literal(typed) + "%";
    }

    private static String further(String typed) {
        return "% " + ProductConditions.literal(typed) + "%";
    }
}
