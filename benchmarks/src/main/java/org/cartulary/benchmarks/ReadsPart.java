package org.cartulary.benchmarks;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** What a shop's pages read, with and without saying which version is known, against one bare statement each. */
final class ReadsPart implements BenchmarkPart {

    static final String NAME = "reads";
    static final String UNIT = "reads";

    private static final String WANTED = "≥ 5,000/s";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Workbench bench) {
        BaselineDatabase database = BaselineDatabase.withCatalogue(bench);
        Assortment assortment = bench.assortment();
        Function<Random, String> detail = random -> "/api/v1/store/products/" + assortment.one(random);
        read(bench, database, "product list", _ -> "/api/v1/store/products?limit=20", "list.sql");
        read(bench, database, "product detail", detail, "detail.sql");
        read(bench, database, "category tree", _ -> "/api/v1/store/categories?limit=100", "categories.sql");
    }

    private static void read(
            Workbench bench, BaselineDatabase database, String what, Function<Random, String> paths, String sql) {
        int clients = bench.settings().busyClients();
        int port = bench.platform().port();
        Measurement baseline = database.reads(NAME, "bare SQL: " + what, sql, clients, Map.of());
        bench.report().add(baseline);
        Measurement read = bench.measure(NAME, what, clients, UNIT, seed -> new ReadClient(port, seed, paths, null));
        bench.report().add(read.against(baseline.perSecond(), WANTED));
        LongAdder notModified = new LongAdder();
        Measurement known = bench.measure(
                NAME, what + ", If-None-Match", clients, UNIT, seed -> new ReadClient(port, seed, paths, notModified));
        bench.report()
                .add(known.against(baseline.perSecond(), WANTED)
                        .with("answered 304", notModified.sum() == 0 ? "never" : "yes"));
    }
}
