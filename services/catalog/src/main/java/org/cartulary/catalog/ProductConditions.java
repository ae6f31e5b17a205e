package org.cartulary.catalog;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import tools.jackson.databind.json.JsonMapper;

/** Conditions on the products {@code p} that are for sale, in SQL, with their parameters. Not thread-safe. */
final class ProductConditions {

    private static final String CATEGORY_AND_BELOW = """
            p.category_id IN (
                WITH RECURSIVE below AS (
                    SELECT c.id FROM categories c
                    WHERE c.tenant_id = :tenant AND c.slug = :category AND c.is_active
                    UNION
                    SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id
                    WHERE c.tenant_id = :tenant AND c.is_active
                )
                SELECT id FROM below)""";

    private static final String BRANDS = """
            p.brand_id IN (SELECT b.id FROM brands b WHERE b.tenant_id = :tenant AND b.slug = ANY (:brands))""";

    /** Whether the product is shown as in stock. */
    static final String IN_STOCK = """
            EXISTS (SELECT FROM products_in_stock s WHERE s.tenant_id = p.tenant_id AND s.product_id = p.id)""";

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,10})?");

    private final List<String> sql = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    /** The products of the current shop that are for sale. */
    static ProductConditions forSale() {
        return new ProductConditions()
                .and("p.tenant_id = :tenant")
                .and("p.deleted_at IS NULL AND p.status = 'active'")
                .with("tenant", RequestContext.currentTenant());
    }

    /** Those that the filter lets through. */
    static ProductConditions of(ProductFilter filter) {
        return searched(filter).andOthersOf(filter);
    }

    /** Those for sale that have the words, tags and attributes of the filter, which indexes of their own find. */
    static ProductConditions searched(ProductFilter filter) {
        ProductConditions conditions = forSale().andWordsAndTagsOf(filter);
        filter.attributes().keySet().forEach(name -> conditions.and(conditions.attribute(filter, name)));
        return conditions;
    }

    /** What the filter asks of those that are {@link #searched}. */
    static ProductConditions others(ProductFilter filter) {
        return new ProductConditions().andOthersOf(filter);
    }

    /** Those that the filter would let through without its alternatives: brands, attributes, prices and the stock. */
    static ProductConditions essential(ProductFilter filter) {
        return forSale().andWordsAndTagsOf(filter).andPlaceAndRatingOf(filter);
    }

    private ProductConditions andWordsAndTagsOf(ProductFilter filter) {
        if (filter.query() != null) {
            and(matches(filter)).withQueryOf(filter);
        }
        if (!filter.tags().isEmpty()) {
            and("p.tags @> :tags").with("tags", Sql.textArray(filter.tags()));
        }
        return this;
    }

    private ProductConditions andOthersOf(ProductFilter filter) {
        andPlaceAndRatingOf(filter);
        if (!filter.brands().isEmpty()) {
            and(brands(filter));
        }
        if (filter.hasPrices()) {
            and(prices(filter));
        }
        if (filter.inStock() != null) {
            and(stock(filter.inStock()));
        }
        return this;
    }

    private ProductConditions andPlaceAndRatingOf(ProductFilter filter) {
        if (filter.category() != null) {
            and(CATEGORY_AND_BELOW).with("category", filter.category());
        }
        if (filter.minRating() != null) {
            and("p.rating_average >= :minRating").with("minRating", filter.minRating());
        }
        return this;
    }

    /** The parameters at which conditions and orders look for the filter's query. */
    ProductConditions withQueryOf(ProductFilter filter) {
        String query = Objects.requireNonNull(filter.query());
        with("query", query).with("part", "%" + literal(query) + "%");
        return filter.isCorrected()
                ? with("spelt", Objects.requireNonNull(filter.spelling().words()))
                : this;
    }

    private static String matches(ProductFilter filter) {
        String words = "p.search_vector @@ " + filter.words();
        return filter.isCorrected() ? words : "(" + words + " OR p.name ILIKE :part OR p.sku ILIKE :part)";
    }

    /** The condition that a product is of one of the brands. */
    String brands(ProductFilter filter) {
        with("brands", Sql.textArray(filter.brands()));
        return BRANDS;
    }

    /** The condition that a product's attribute has one of the values. */
    String attribute(ProductFilter filter, String name) {
        List<String> alternatives = new ArrayList<>();
        for (String value : filter.attributes().getOrDefault(name, List.of())) {
            for (Object typed : typesOf(value)) {
                String parameter = "attribute" + parameters.size();
                with(parameter, Sql.json(JsonMapper.shared().writeValueAsString(Map.of(name, typed))));
                alternatives.add("p.attributes @> :" + parameter);
            }
        }
        return alternatives.isEmpty() ? "false" : "(" + String.join(" OR ", alternatives) + ")";
    }

    /** A value as attributes may hold it: as text, in a list, as a number or as true and false. */
    private static List<Object> typesOf(String value) {
        List<Object> types = new ArrayList<>(List.of(value, List.of(value)));
        if (NUMBER.matcher(value).matches()) {
            types.add(new BigDecimal(value));
        }
        if (value.equals("true") || value.equals("false")) {
            types.add(Boolean.valueOf(value));
        }
        return types;
    }

    /** The condition that a product's price is within the limits. */
    String prices(ProductFilter filter) {
        List<String> limits = new ArrayList<>();
        if (filter.minPrice() != null) {
            with("minPrice", filter.minPrice());
            limits.add("p.price >= :minPrice");
        }
        if (filter.maxPrice() != null) {
            with("maxPrice", filter.maxPrice());
            limits.add("p.price <= :maxPrice");
        }
        return String.join(" AND ", limits);
    }

    /** The condition that a product is in stock, or is not. */
    static String stock(boolean inStock) {
        return inStock ? IN_STOCK : "NOT " + IN_STOCK;
    }

    /** One condition more. */
    ProductConditions and(String condition) {
        sql.add(condition);
        return this;
    }

    /** A parameter and its value. */
    ProductConditions with(String name, Object value) {
        parameters.put(name, value);
        return this;
    }

    /** What stands after {@code WHERE}. */
    String where() {
        return sql.isEmpty() ? "true" : String.join("\nAND ", sql);
    }

    /** The parameters of all conditions by their names. */
    Map<String, Object> parameters() {
        return parameters;
    }

    /** The text as a pattern of {@code LIKE} that means nothing but itself. */
    static String literal(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
