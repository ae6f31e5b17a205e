package org.cartulary.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.cartulary.app.client.ApiClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A catalogue that comes as a file: as many products as the run has, with four variants each, imported by {@code
 * POST /api/v1/admin/product-imports}; then questions about it that nobody has asked before, filtered and with facets.
 */
final class CataloguePart implements BenchmarkPart {

    static final String NAME = "catalogue";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Set<String> UNDER_WAY = Set.of("receiving", "waiting", "running");
    private static final int DISTINCT_PRICES = 5_000;
    private static final Map<String, Function<Random, String>> QUESTIONS = new TreeMap<>(Map.of(
            "1: words, category, colour and price", random -> "/api/v1/store/products?limit=20&" + anything(random),
            "2: facets of these", random -> "/api/v1/store/product-facets?" + anything(random),
            "3: a category, the cheapest first",
                    random -> "/api/v1/store/products?limit=20&order=price-asc&category="
                            + Assortment.category(random.nextInt(DISTINCT_PRICES)) + "&minPrice=" + price(random),
            "4: suggestions while typing", random -> "/api/v1/store/search-suggestions?query=" + beginning(random),
            "5: words with a letter left out", random -> "/api/v1/store/products?limit=20&query=" + misspelt(random)));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Workbench bench) throws IOException, InterruptedException {
        importAll(bench);
        bench.platform().cluster().settle();
        int port = bench.platform().port();
        int clients = bench.settings().busyClients();
        QUESTIONS.forEach((what, paths) -> bench.report()
                .add(bench.measure(NAME, what, clients, "questions", seed -> new ReadClient(port, seed, paths, null))));
    }

    private static void importAll(Workbench bench) throws IOException, InterruptedException {
        PlatformUnderTest platform = bench.platform();
        String key = Assortment.key(platform.operator());
        ApiClient shop = platform.operator().withKey(key);
        Assortment.createCategories(shop);
        int products = bench.settings().products();
        Path file = written(bench.settings().scratch().resolve("catalogue.jsonl"), products);
        Usage usage = new Usage(platform);
        usage.begins();
        long begun = System.nanoTime();
        JsonNode view = send(platform.port(), key, file);
        while (UNDER_WAY.contains(view.path("state").asString())) {
            bench.pause(POLL);
            view = shop.get("/api/v1/admin/product-imports/" + view.path("id").asString());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        usage.ends();
        long created = view.path("created").asLong();
        Load.Outcome outcome = new Load.Outcome(created, seconds, new Histogram(3), Map.of());
        bench.report()
                .add(Measurement.of(NAME, "0: import of products with four variants each", 1, "products", outcome)
                        .with("done", created)
                        .with("failed lines", view.path("failed").asLong())
                        .with("seconds", Measurement.rounded(seconds))
                        .with("megabytes", Measurement.rounded(Files.size(file) / 1e6))
                        .with(usage.cost(0)));
        if (created != products) {
            throw new BenchmarkException("of " + products + " products these were imported: " + view);
        }
    }

    private static Path written(Path file, int products) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int number = 0; number < products; number++) {
                lines.write(JSON.writeValueAsString(Assortment.withVariants(number)));
                lines.newLine();
            }
        }
        return file;
    }

    private static JsonNode send(int port, String key, Path file) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/admin/product-imports"))
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", "application/jsonl")
                            .POST(HttpRequest.BodyPublishers.ofFile(file))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new BenchmarkException("the file was answered " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        }
    }

    /** A filter that nobody has asked for before, so that no kept answer helps; some products pass it. */
    private static String anything(Random random) {
        int one = random.nextInt(DISTINCT_PRICES);
        return "query=" + URLEncoder.encode(Assortment.words(one), StandardCharsets.UTF_8) + "&category="
                + Assortment.category(one) + "&attribute=colour:" + Assortment.colour(one) + "&minPrice="
                + price(random) + "&maxPrice=1000";
    }

    private static BigDecimal price(Random random) {
        return BigDecimal.valueOf(random.nextInt(DISTINCT_PRICES), 2);
    }

    /** The beginning of a name. */
    private static String beginning(Random random) {
        int one = random.nextInt(DISTINCT_PRICES);
        String name = Assortment.words(one) + " " + one;
        return URLEncoder.encode(name.substring(0, 3 + random.nextInt(name.length() - 3)), StandardCharsets.UTF_8);
    }

    /** Words that no product has, as a letter is left out, and their number, so that nobody has asked for them before. */
    private static String misspelt(Random random) {
        int one = random.nextInt(DISTINCT_PRICES);
        String words = Assortment.words(one);
        int out = 1 + random.nextInt(words.length() - 2);
        return URLEncoder.encode(
                words.substring(0, out) + words.substring(out + 1) + " " + one, StandardCharsets.UTF_8);
    }
}
