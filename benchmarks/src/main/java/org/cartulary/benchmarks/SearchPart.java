package org.cartulary.benchmarks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The search of products that the shop has: {@code GET /api/v1/store/products?query=}, which finds words, parts of words and
 * misspelt words, against the full-text query of the source documents.
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
    }
}
