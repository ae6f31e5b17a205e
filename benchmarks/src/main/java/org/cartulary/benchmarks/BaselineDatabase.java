package org.cartulary.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** The database {@code baseline} on the platform's cluster, with the tables of the source documents. */
final class BaselineDatabase {

    static final String NAME = "baseline";

    /** As many products as {@code purchase.sql} draws from. */
    private static final int PRODUCTS = 10_000;

    private final Workbench bench;

    private BaselineDatabase(Workbench bench) {
        this.bench = bench;
    }

    /** Makes it anew. */
    static BaselineDatabase fresh(Workbench bench) {
        Cluster cluster = bench.platform().cluster();
        cluster.execute("postgres", "DROP DATABASE IF EXISTS " + NAME + " WITH (FORCE)", "CREATE DATABASE " + NAME);
        BaselineDatabase database = new BaselineDatabase(bench);
        database.execute("schema.sql");
        return database;
    }

    /** Makes it anew, with products and categories, too. */
    static BaselineDatabase withCatalogue(Workbench bench) {
        BaselineDatabase database = fresh(bench);
        database.execute("catalog.sql");
        return database;
    }

    private void execute(String file) {
        for (String statement : resource(file).replaceAll("(?m)^--.*$", "").split(";", -1)) {
            if (!statement.isBlank()) {
                bench.platform().cluster().execute(NAME, statement);
            }
        }
    }

    /** Purchases by {@code pgbench}, or by our own driver where that is not installed. */
    Measurement purchases(int clients) {
        if (Pgbench.isInstalled()) {
            return Pgbench.measure(bench, resource("purchase.sql"), clients);
        }
        Zipf popularity = new Zipf(PRODUCTS, bench.settings().seed());
        return script(
                        BaselinePart.NAME,
                        BaselinePart.PURCHASE,
                        PurchasePart.UNIT,
                        "purchase.sql",
                        clients,
                        random -> purchase(popularity.three(random), random))
                .with("driver", "JDBC");
    }

    private static Map<String, String> purchase(int[] products, Random random) {
        return Map.of(
                "a", Integer.toString(random.nextInt(PRODUCTS)),
                "first", Integer.toString(products[0] + 1),
                "second", Integer.toString(products[1] + 1),
                "third", Integer.toString(products[2] + 1),
                "order", order());
    }

    /** Not of the seeded numbers, which begin anew with each run. */
    private static String order() {
        return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
    }

    /** Reservations of one product, as the source document writes them. */
    Measurement flashSale(int clients) {
        return script(
                FlashSalePart.NAME,
                FlashSalePart.BASELINE,
                FlashSalePart.RESERVATIONS,
                "flash-sale.sql",
                clients,
                _ -> Map.of("order", order()));
    }

    /** Reads with one statement; the products are drawn by their popularity. */
    Measurement reads(String part, String name, String file, int clients, Map<String, String> values) {
        Zipf popularity = new Zipf(PRODUCTS, bench.settings().seed());
        return script(part, name, ReadsPart.UNIT, file, clients, random -> {
            Map<String, String> all = new HashMap<>(values);
            all.put("product", Integer.toString(popularity.next(random) + 1));
            return all;
        });
    }

    /** Draws the variables of a script. */
    private interface Draw {

        Map<String, String> from(Random random);
    }

    private Measurement script(String part, String name, String unit, String file, int clients, Draw draw) {
        SqlScript script = SqlScript.of(resource(file));
        return bench.measure(part, name, clients, unit, seed -> {
            Random random = new Random(seed);
            return new SqlScriptClient(bench.platform().cluster(), NAME, script, () -> draw.from(random));
        });
    }

    private static String resource(String file) {
        try (InputStream in = BaselineDatabase.class.getResourceAsStream("/baseline/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
