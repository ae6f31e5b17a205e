package org.cartulary.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.catalog.ProductListing.Position;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.money.Money;
import org.springframework.jdbc.core.SqlParameterValue;

/** Finds the products that the store shows. Thread-safe. */
final class ListingStore {

    private final Database database;

    ListingStore(Database database) {
        this.database = database;
    }

    /** A product and its place in the order. */
    record Row(ListedProduct product, Position position) {}

    /** A statement and its parameters. */
    record Query(String sql, Map<String, Object> parameters) {}

    /** Those products for sale that the listing asks for, in its order and at the prices that are asked for, at most that many. */
    List<Row> list(ProductListing listing, Asked asked, int limit) {
        if (!findsIdsFirst(listing)) {
            return rows(rows(listing, asked, conditions(listing), limit));
        }
        Found found = database.asReadonly(tx -> found(tx, listing, limit));
        if (found.ids().isEmpty()) {
            return List.of();
        }
        // The order may look at the query once more.
        ProductConditions those =
                ProductConditions.forSale().and("p.id = ANY (:found)").with("found", Sql.uuidArray(found.ids()));
        if (listing.filter().query() != null) {
            those.withQueryOf(found.listing().filter());
        }
        return rows(rows(found.listing(), asked, those, limit));
    }

    /** Whether a product for sale matches the query, whatever else is asked of it: then the query is not misspelt. */
    boolean isMatched(String query) {
        return database.asReadonly(tx -> {
            ProductConditions conditions =
                    ProductConditions.of(ProductFilter.of(query).understood(tx));
            // Not EXISTS, for which the first one is looked for among all products, as if there were many.
            return tx.jdbc()
                    .sql("SELECT count(*) > 0 FROM products p WHERE " + conditions.where())
                    .params(conditions.parameters())
                    .query(Boolean.class)
                    .single();
        });
    }

    /** The products that the listing asks for, with the query as the shop understands it. */
    private record Found(ProductListing listing, List<UUID> ids) {}

    private static Found found(Transaction tx, ProductListing listing, int limit) {
        ProductListing understood = listing.understood(tx);
        return new Found(understood, ids(tx, understood, limit));
    }

    /**
     * Row-level security keeps PostgreSQL from using an index in the application role by operators that may leak what they
     * see, such as those of texts and decimals. Then the read-only role finds the ids, and the application role, which sees this
     * tenant's rows only, reads them.
     */
    static boolean findsIdsFirst(ProductListing listing) {
        ProductFilter filter = listing.filter();
        boolean beginsWithin = listing.after() != null || (listing.order().isByPrice() && filter.hasPrices());
        return !filter.isLeakproof() || (beginsWithin && !listing.order().leakproof());
    }

    /** The statement that finds the place of the listing in its order, which goes on from there. */
    static Query search(ProductListing listing, Asked asked, int limit) {
        return findsIdsFirst(listing) ? ids(listing, limit) : rows(listing, asked, conditions(listing), limit);
    }

    private static ProductConditions conditions(ProductListing listing) {
        return continued(ProductConditions.of(listing.filter()), listing);
    }

    private static ProductConditions continued(ProductConditions conditions, ProductListing listing) {
        if (listing.after() != null) {
            conditions
                    .and(listing.order().after(listing.filter()))
                    .with("afterKey", listing.after().key())
                    .with("afterId", listing.after().id());
        }
        return conditions;
    }

    private static List<UUID> ids(Transaction tx, ProductListing listing, int limit) {
        Query query = ids(listing, limit);
        return tx.jdbc()
                .sql(query.sql())
                .params(query.parameters())
                .query(UUID.class)
                .list();
    }

    /**
     * Those that have the words, tags and attributes are found before the others are looked at, which {@code OFFSET 0} sees to: of
     * operators that may leak PostgreSQL uses no statistics under row-level security, and takes a range of prices for a single one.
     */
    private static Query ids(ProductListing listing, int limit) {
        ProductFilter filter = listing.filter();
        if (filter.isLeakproof()) {
            return ids(listing, "products", conditions(listing), limit);
        }
        ProductConditions searched = ProductConditions.searched(filter);
        ProductConditions others = continued(ProductConditions.others(filter), listing);
        searched.parameters().forEach(others::with);
        return ids(listing, "(SELECT p.* FROM products p WHERE " + searched.where() + "\nOFFSET 0)", others, limit);
    }

    private static Query ids(ProductListing listing, String products, ProductConditions conditions, int limit) {
        return new Query(
                "SELECT p.id FROM %s p WHERE %s\nORDER BY %s LIMIT :limit"
                        .formatted(products, conditions.where(), listing.order().orderBy(listing.filter())),
                conditions.with("limit", limit).parameters());
    }

    private List<Row> rows(Query query) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(query.sql())
                .params(query.parameters())
                .query((row, number) -> row(row))
                .list());
    }

    /** The page is cut off first, so that prices are found for its products only. */
    private static Query rows(ProductListing listing, Asked asked, ProductConditions conditions, int limit) {
        return new Query(
                """
                        SELECT p.id, p.sku, p.slug, p.name, p.short_description, p.type, e.price,
                            e.code AS currency, e.regular AS compare_at_price,
                            CASE WHEN e.regular IS NOT NULL
                                THEN lowest_price_before(p.tenant_id, p.id, e.code, :at) END AS lowest_price,
                            p.is_featured, p.tags, %s AS in_stock, p.rating_average, p.rating_count, c.name AS category_name,
                            b.name AS brand_name,
                            i.url AS image_url, p.position,
                            (SELECT min(a.price) FROM product_variants v
                             CROSS JOIN LATERAL price_at(v.tenant_id, v.product_id, v.id, e.code, :at) a
                             WHERE v.tenant_id = p.tenant_id AND v.product_id = p.id AND v.deleted_at IS NULL
                                AND v.status = 'active') AS price_of_variants
                        FROM (SELECT p.*, (%s)::text AS position FROM products p WHERE %s ORDER BY %s LIMIT :limit) p
                        %s
                        LEFT JOIN categories c ON c.tenant_id = p.tenant_id AND c.id = p.category_id
                        LEFT JOIN brands b ON b.tenant_id = p.tenant_id AND b.id = p.brand_id
                        LEFT JOIN product_images i
                            ON i.tenant_id = p.tenant_id AND i.product_id = p.id AND i.is_primary
                        ORDER BY %s
                        """.formatted(
                                ProductConditions.IN_STOCK,
                                listing.order().key(listing.filter()),
                                conditions.where(),
                                listing.order().orderBy(listing.filter()),
                                ProductSql.APPLIED,
                                listing.order().orderBy(listing.filter())),
                conditions
                        .with("limit", limit)
                        .with("at", Sql.timestamp(asked.at()))
                        .with("currency", new SqlParameterValue(Types.VARCHAR, asked.currency()))
                        .parameters());
    }

    private static Row row(ResultSet row) throws SQLException {
        Currency currency = Money.currencyOf(row.getString("currency"));
        UUID id = row.getObject("id", UUID.class);
        Money price = Money.of(row.getBigDecimal("price"), currency);
        Money priceOfVariants = ProductStore.money(row, "price_of_variants", currency);
        return new Row(
                new ListedProduct(
                        id,
                        row.getString("sku"),
                        row.getString("slug"),
                        row.getString("name"),
                        row.getString("short_description"),
                        row.getString("type"),
                        price,
                        ProductStore.money(row, "compare_at_price", currency),
                        ProductStore.money(row, "lowest_price", currency),
                        priceOfVariants == null ? price : priceOfVariants,
                        row.getBoolean("is_featured"),
                        Arrays.asList((String[]) row.getArray("tags").getArray()),
                        row.getString("category_name"),
                        row.getString("brand_name"),
                        row.getString("image_url"),
                        row.getBoolean("in_stock"),
                        Rating.of(row)),
                new Position(row.getString("position"), id));
    }
}
