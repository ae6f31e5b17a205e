package org.cartulary.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.cartulary.app.client.ApiClient;
import org.cartulary.contracts.auth.Permissions;
import tools.jackson.databind.JsonNode;

/** The products of the benchmark in the shop {@code default}, with so much stock that none ever runs out. Immutable. */
final class Assortment {

    private static final int BATCH = 500;
    private static final int UNITS = 100_000_000;
    private static final int CATEGORIES = 20;
    private static final int COLOURS = 4;
    private static final int SIZES = 12;
    private static final List<String> ADJECTIVES =
            List.of("Blue", "Red", "Oak", "Tin", "Linen", "Glass", "Brass", "Slate", "Willow", "Copper");
    private static final List<String> LENGTHS = List.of("10 cm", "20 cm", "30 cm", "40 cm");
    private static final List<String> NOUNS =
            List.of("lantern", "teapot", "basket", "candle", "clock", "drawer", "frame", "kettle", "mirror", "stool");

    private final List<String> ids;
    private final Zipf popularity;

    private Assortment(List<String> ids, Zipf popularity) {
        this.ids = List.copyOf(ids);
        this.popularity = popularity;
    }

    /** Creates the products by the admin API; what is there already stays as it is. */
    static Assortment stocked(ApiClient operator, int products, long seed) {
        ApiClient shop = operator.withKey(key(operator));
        createCategories(shop);
        List<String> ids = new ArrayList<>();
        int needed = Zipf.needed(products);
        for (int from = 0; from < needed; from += BATCH) {
            ids.addAll(create(shop, from, Math.min(needed, from + BATCH)));
        }
        return new Assortment(ids, new Zipf(products, seed));
    }

    /** Creates what the products belong to; what is there already stays as it is. */
    static void createCategories(ApiClient shop) {
        for (int category = 0; category < CATEGORIES; category++) {
            shop.put("/api/v1/admin/categories/bench-" + category, Map.of("name", "Bench " + category));
        }
    }

    /** A new key of the shop. */
    static String key(ApiClient operator) {
        String shop = operator.get("/api/v1/admin/tenants?name=default")
                .at("/items/0/id")
                .asString();
        JsonNode key = operator.post(
                "/api/v1/admin/tenants/" + shop + "/api-keys",
                Map.of(
                        "name",
                        "benchmark",
                        "permissions",
                        List.of(
                                Permissions.CATALOG_WRITE,
                                Permissions.CATALOG_BULK,
                                Permissions.STOCK_READ,
                                Permissions.STOCK_WRITE,
                                Permissions.SHIPPING_WRITE,
                                Permissions.ORDERS_READ)));
        return key.path("key").asString();
    }

    private static List<String> create(ApiClient shop, int from, int to) {
        List<Map<String, Object>> products =
                IntStream.range(from, to).mapToObj(Assortment::product).toList();
        Map<String, String> idBySku = new HashMap<>();
        shop.post("/api/v1/admin/products/batches", Map.of("products", products))
                .path("results")
                .forEach(result -> idBySku.put(
                        result.path("sku").asString(), result.path("id").asString()));
        List<String> ids = IntStream.range(from, to)
                .mapToObj(number -> idBySku.getOrDefault(sku(number), ""))
                .toList();
        shop.post(
                "/api/v1/admin/stock-receipts/batches",
                Map.of(
                        "receipts",
                        ids.stream()
                                .map(id -> Map.of("productId", id, "quantity", UNITS, "reference", "bench:" + id))
                                .toList()));
        return ids;
    }

    private static Map<String, Object> product(int number) {
        String name = words(number) + " " + number;
        return Map.of(
                "sku",
                sku(number),
                "name",
                name,
                "description",
                "A " + name.toLowerCase(java.util.Locale.ROOT) + " of the benchmark, made to be bought often.",
                "price",
                Map.of("amount", 10 + number % 90 + ".90", "currency", "EUR"),
                "categorySlug",
                category(number),
                "tags",
                List.of("bench", NOUNS.get(number / ADJECTIVES.size() % NOUNS.size())),
                "attributes",
                Map.of("colour", colour(number), "size", number % SIZES));
    }

    /** A further product, with a variant for each of four lengths, as a line of a file. */
    static Map<String, Object> withVariants(int number) {
        Map<String, Object> line = new HashMap<>(product(number));
        String sku = "FILE-" + number;
        line.put("sku", sku);
        line.put("options", List.of(Map.of("name", "length", "type", "text", "choices", LENGTHS)));
        line.put(
                "variants",
                LENGTHS.stream()
                        .map(length -> Map.of("sku", sku + "-" + length, "options", Map.of("length", length)))
                        .toList());
        return line;
    }

    /** The words of a product's name, which others have, too. */
    static String words(int number) {
        return ADJECTIVES.get(number % ADJECTIVES.size()) + " " + NOUNS.get(number / ADJECTIVES.size() % NOUNS.size());
    }

    /** The slug of a product's category. */
    static String category(int number) {
        return "bench-" + number % CATEGORIES;
    }

    /** A product's colour. */
    static String colour(int number) {
        return ADJECTIVES.get(number % COLOURS);
    }

    private static String sku(int number) {
        return "BENCH-" + number;
    }

    /** The id of a product by its number. */
    String id(int number) {
        return ids.get(number);
    }

    /** How many products there are. */
    int size() {
        return ids.size();
    }

    /** The id of a product, by its popularity. */
    String one(Random random) {
        return ids.get(popularity.next(random));
    }

    /** The choice of three different products by their popularity. */
    Function<Random, List<String>> three() {
        return random -> {
            int[] numbers = popularity.three(random);
            return List.of(ids.get(numbers[0]), ids.get(numbers[1]), ids.get(numbers[2]));
        };
    }
}
