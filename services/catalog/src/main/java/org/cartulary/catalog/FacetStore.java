package org.cartulary.catalog;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.catalog.ListingStore.Query;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Counts the products that the store shows, by what they have in common. Thread-safe. */
final class FacetStore {

    /** How many values of a facet are told, the most frequent first. */
    static final int MAX_VALUES = 50;

    /** How many attributes are told, those of the most products first. */
    static final int MAX_ATTRIBUTES = 50;

    private static final String OF_ATTRIBUTES = """
            CROSS JOIN LATERAL jsonb_each(m.attributes) AS a (name, content)
            CROSS JOIN LATERAL jsonb_array_elements_text(
                CASE jsonb_typeof(a.content)
                    WHEN 'array' THEN a.content
                    WHEN 'object' THEN '[]'
                    ELSE jsonb_build_array(a.content)
                END) AS v (value)""";

    private final Database database;

    FacetStore(Database database) {
        this.database = database;
    }

    /** A row of the answer: a value of a facet, or the amounts of one. */
    private record Row(
            String facet,
            @Nullable String name,
            @Nullable String value,
            long count,
            @Nullable BigDecimal least,
            @Nullable BigDecimal greatest,
            @Nullable String currency) {}

    /** What a filter chooses by alternatives, as columns of the products that come into question. */
    private static final class Choices {

        private static final String OF_BRAND = "of_brand";
        private static final String AT_PRICE = "at_price";
        private static final String OF_STOCK = "of_stock";

        private final Map<String, String> conditions = new LinkedHashMap<>();
        private final Map<String, String> attributes = new LinkedHashMap<>();

        /** Adds the parameters that the columns need to those of the statement. */
        Choices(ProductFilter filter, ProductConditions statement) {
            if (!filter.brands().isEmpty()) {
                conditions.put(OF_BRAND, statement.brands(filter));
            }
            if (filter.hasPrices()) {
                conditions.put(AT_PRICE, statement.prices(filter));
            }
            if (filter.inStock() != null) {
                conditions.put(OF_STOCK, ProductConditions.stock(filter.inStock()));
            }
            for (String name : filter.attributes().keySet()) {
                String column = "attribute_" + attributes.size();
                conditions.put(column, statement.attribute(filter, name));
                attributes.put(column, name);
                statement.with(column, name);
            }
        }

        String columns() {
            return conditions.entrySet().stream()
                    .map(choice -> ", coalesce(" + choice.getValue() + ", false) AS " + choice.getKey())
                    .collect(Collectors.joining());
        }

        /** The condition that a product is what is chosen. */
        String all() {
            return allBut("");
        }

        /** The condition that a product is what is chosen otherwise. */
        String allBut(String own) {
            String others = conditions.keySet().stream()
                    .filter(column -> !column.equals(own))
                    .map(column -> "m." + column)
                    .collect(Collectors.joining(" AND "));
            return others.isEmpty() ? "true" : others;
        }

        /** The condition that a product counts for the value of an attribute. */
        String allButAttribute() {
            return attributes.isEmpty()
                    ? all()
                    : attributes.keySet().stream()
                            .map(column -> "WHEN a.name = :" + column + " THEN " + allBut(column))
                            .collect(Collectors.joining(" ", "CASE ", " ELSE " + all() + " END"));
        }
    }

    /** Counts the products that the filter lets through. */
    Facets count(ProductFilter filter) {
        ProductConditions conditions = filter.query() == null && filter.tags().isEmpty()
                ? ProductConditions.essential(filter)
                : ProductConditions.forSale().and("p.id = ANY (:found)").with("found", Sql.uuidArray(found(filter)));
        Query query = new Query(statement(conditions, new Choices(filter, conditions)), conditions.parameters());
        return facets(database.inReadTransaction(tx -> tx.jdbc()
                .sql(query.sql())
                .params(query.parameters())
                .param("most", MAX_VALUES)
                .param("mostNames", MAX_ATTRIBUTES)
                .query(Row.class)
                .list()));
    }

    private static String statement(ProductConditions conditions, Choices choices) {
        return """
                WITH matched AS MATERIALIZED (
                    SELECT p.category_id, p.brand_id, p.price, p.currency, p.tags, p.attributes, %s AS is_in_stock%s
                    FROM products p
                    WHERE %s)
                (SELECT 'total' AS facet, NULL AS name, NULL AS value, count(*) AS count, NULL::numeric AS least,
                     NULL::numeric AS greatest, NULL AS currency
                 FROM matched m WHERE %s)
                UNION ALL
                (SELECT 'prices', NULL, NULL, count(*), min(m.price), max(m.price), min(m.currency)
                 FROM matched m WHERE %s)
                UNION ALL
                (SELECT 'stock', NULL, m.is_in_stock::text, count(*), NULL, NULL, NULL
                 FROM matched m WHERE %s
                 GROUP BY m.is_in_stock)
                UNION ALL
                (SELECT 'category', c.name, c.slug, count(*), NULL, NULL, NULL
                 FROM matched m JOIN categories c ON c.tenant_id = :tenant AND c.id = m.category_id AND c.is_active
                 WHERE %s
                 GROUP BY c.id, c.name, c.slug ORDER BY count(*) DESC, c.slug LIMIT :most)
                UNION ALL
                (SELECT 'brand', b.name, b.slug, count(*), NULL, NULL, NULL
                 FROM matched m JOIN brands b ON b.tenant_id = :tenant AND b.id = m.brand_id
                 WHERE %s
                 GROUP BY b.id, b.name, b.slug ORDER BY count(*) DESC, b.slug LIMIT :most)
                UNION ALL
                (SELECT 'tag', NULL, t.tag, count(*), NULL, NULL, NULL
                 FROM matched m CROSS JOIN LATERAL unnest(m.tags) AS t (tag)
                 WHERE %s
                 GROUP BY t.tag ORDER BY count(*) DESC, t.tag LIMIT :most)
                UNION ALL
                (SELECT 'attribute', f.name, f.value, f.count, NULL, NULL, NULL
                 FROM (SELECT n.*, dense_rank() OVER (ORDER BY n.of_name DESC, n.name) AS name_place
                       FROM (SELECT a.name, v.value, count(*) AS count,
                                 sum(count(*)) OVER (PARTITION BY a.name) AS of_name,
                                 row_number() OVER (PARTITION BY a.name ORDER BY count(*) DESC, v.value) AS place
                             FROM matched m
                             %s
                             WHERE v.value IS NOT NULL AND %s
                             GROUP BY a.name, v.value) n) f
                 WHERE f.place <= :most AND f.name_place <= :mostNames
                 ORDER BY f.name, f.place)
                """.formatted(
                        ProductConditions.IN_STOCK,
                        choices.columns(),
                        conditions.where(),
                        choices.all(),
                        choices.allBut(Choices.AT_PRICE),
                        choices.allBut(Choices.OF_STOCK),
                        choices.all(),
                        choices.allBut(Choices.OF_BRAND),
                        choices.all(),
                        OF_ATTRIBUTES,
                        choices.allButAttribute());
    }

    /** As a listing does it: the read-only role finds by operators that may leak, and the application role reads what it found. */
    private List<UUID> found(ProductFilter filter) {
        return database.asReadonly(tx -> {
            ProductConditions conditions = ProductConditions.essential(filter.understood(tx));
            return tx.jdbc()
                    .sql("SELECT p.id FROM products p WHERE " + conditions.where())
                    .params(conditions.parameters())
                    .query(UUID.class)
                    .list();
        });
    }

    private static Facets facets(List<Row> rows) {
        Map<String, List<Facets.Value>> attributes = new LinkedHashMap<>();
        of("attribute", rows)
                .forEach(row -> attributes
                        .computeIfAbsent(Objects.requireNonNull(row.name()), name -> new ArrayList<>())
                        .add(value(row)));
        return new Facets(
                of("total", rows).mapToLong(Row::count).sum(),
                of("category", rows).map(FacetStore::place).toList(),
                of("brand", rows).map(FacetStore::place).toList(),
                of("tag", rows).map(FacetStore::value).toList(),
                attributes.entrySet().stream()
                        .map(attribute -> new Facets.Attribute(attribute.getKey(), attribute.getValue()))
                        .toList(),
                new Facets.Stock(ofStock("true", rows), ofStock("false", rows)),
                of("prices", rows)
                        .filter(row -> row.count() > 0)
                        .map(FacetStore::prices)
                        .findFirst()
                        .orElse(null));
    }

    private static long ofStock(String inStock, List<Row> rows) {
        return of("stock", rows)
                .filter(row -> inStock.equals(row.value()))
                .mapToLong(Row::count)
                .sum();
    }

    private static Stream<Row> of(String facet, List<Row> rows) {
        return rows.stream().filter(row -> row.facet().equals(facet));
    }

    private static Facets.Place place(Row row) {
        return new Facets.Place(Objects.requireNonNull(row.value()), Objects.requireNonNull(row.name()), row.count());
    }

    private static Facets.Value value(Row row) {
        return new Facets.Value(Objects.requireNonNull(row.value()), row.count());
    }

    private static Facets.Prices prices(Row row) {
        Currency currency = Money.currencyOf(Objects.requireNonNull(row.currency()));
        return new Facets.Prices(
                Money.of(Objects.requireNonNull(row.least()), currency),
                Money.of(Objects.requireNonNull(row.greatest()), currency));
    }
}
