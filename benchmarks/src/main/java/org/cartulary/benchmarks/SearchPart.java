package org.cartulary.benchmarks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The search of products that the shop has: {@code GET /api/v1/store/products?query=}, which finds words, parts of words and
 * misspelt words, against the full-text query of the source documents; then questions that are asked for the first time, filtered and
 * with facets.
 */
final class SearchPart implements BenchmarkPart {

    static final String NAME = "search";

    private static final String UNIT = "searches";
    private static final Map<String, String> QUERIES = new TreeMap<>(Map.of(
            "1: a word that a tenth of the products have", "lantern",
            "2: two words", "blue lantern",
            "3: one product", "lantern 700",
            "4: part of a word", "lanter",
            "5: a misspelt word", "lamtern"));

    private static final int DISTINCT_PRICES = 5_000;
    private static final Map<String, Function<Random, String>> NEW_QUESTIONS = new TreeMap<>(Map.of(
            "6: words, category, colour and price", random -> "/api/v1/store/products?limit=20&" + anything(random),
            "7: facets of these", random -> "/api/v1/store/product-facets?" + anything(random),
            "8: suggestions while typing", random -> "/api/v1/store/search-suggestions?query=" + beginning(random)));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Workbench bench) {
        BaselineDatabase database = BaselineDatabase.withCatalogue(bench);
        bench.assortment();
        int clients = bench.settings().busyClients();
        int port = bench.platform().port();
        QUERIES.forEach((what, words) -> {
            Measurement baseline =
                    database.reads(NAME, "bare SQL: " + what, "search.sql", clients, Map.of("words", words));
            bench.report().add(baseline);
            String path = "/api/v1/store/products?limit=20&query=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
            Measurement search =
                    bench.measure(NAME, what, clients, UNIT, seed -> new ReadClient(port, seed, _ -> path, null));
            bench.report().add(search.against(baseline.perSecond(), null));
        });
        NEW_QUESTIONS.forEach((what, paths) -> bench.report()
                .add(bench.measure(NAME, what, clients, UNIT, seed -> new ReadClient(port, seed, paths, null))));
    }

    /** A filter that nobody has asked for before, so that no kept answer helps. */
    private static String anything(Random random) {
        String words = Assortment.words(random);
        return "query=" + URLEncoder.encode(words, StandardCharsets.UTF_8) + "&category="
                + Assortment.category(random) + "&attribute=colour:" + Assortment.colour(random) + "&minPrice="
                + Math.round(random.nextDouble() * DISTINCT_PRICES) / 100.0 + "&maxPrice=1000";
    }

    /** The beginning of a word, with something after it. */
    private static String beginning(Random random) {
        String words = Assortment.words(random) + " " + random.nextInt(DISTINCT_PRICES);
        return URLEncoder.encode(words.substring(0, 3 + random.nextInt(words.length() - 3)), StandardCharsets.UTF_8);
    }
}
