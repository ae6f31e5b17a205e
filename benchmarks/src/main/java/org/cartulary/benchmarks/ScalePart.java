package org.cartulary.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;

/** Purchases and the lists of orders while ever more orders are stored. */
final class ScalePart implements BenchmarkPart {

    static final String NAME = "scale";

    private static final String WANTED = "≥ 0.9 ×";
    private static final int ORIGINALS = 1_000;
    private static final int ORIGINALS_IN_SMOKE = 50;
    private static final int CLIENTS_BEFORE = 8;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Workbench bench) {
        Function<Random, List<String>> choice = bench.assortment().three();
        int originals = bench.settings().smoke() ? ORIGINALS_IN_SMOKE : ORIGINALS;
        place(bench, choice, originals);
        StoredOrders orders = StoredOrders.copying(bench.platform().cluster(), originals);
        String key = Assortment.key(bench.platform().operator());
        OptionalDouble purchasesAtFirst = OptionalDouble.empty();
        OptionalDouble readsAtFirst = OptionalDouble.empty();
        for (int stored : bench.settings().storedOrders()) {
            bench.report().say("  filling up to " + stored + " orders …");
            orders.growTo(stored);
            Measurement purchases = purchases(bench, choice, orders);
            Measurement reads = reads(bench, orders, key);
            bench.report().add(compared(purchases, purchasesAtFirst));
            bench.report().add(compared(reads, readsAtFirst));
            purchasesAtFirst =
                    purchasesAtFirst.isPresent() ? purchasesAtFirst : OptionalDouble.of(purchases.perSecond());
            readsAtFirst = readsAtFirst.isPresent() ? readsAtFirst : OptionalDouble.of(reads.perSecond());
        }
    }

    /** So that there is something to copy. */
    private static void place(Workbench bench, Function<Random, List<String>> choice, int orders) {
        int port = bench.platform().port();
        while (StoredOrders.settled(bench.platform().cluster()) < orders) {
            Load.Outcome outcome = Load.run(
                    CLIENTS_BEFORE,
                    Duration.ZERO,
                    Duration.ofSeconds(2),
                    Load.Watcher.NOBODY,
                    number -> new PurchaseClient(port, -1_000 - number, choice));
            if (outcome.failed() > outcome.done()) {
                throw new BenchmarkException("purchases fail: " + outcome.errors());
            }
        }
        bench.awaitEvents();
    }

    private static String rounded(long orders) {
        return orders < 1_000_000
                ? String.format(Locale.ROOT, "%,d k", Math.round(orders / 1e3))
                : String.format(Locale.ROOT, "%.1f M", orders / 1e6);
    }

    private static Measurement compared(Measurement line, OptionalDouble atFirst) {
        return atFirst.isPresent() ? line.against(atFirst.getAsDouble(), WANTED) : line;
    }

    private static Measurement purchases(Workbench bench, Function<Random, List<String>> choice, StoredOrders orders) {
        int port = bench.platform().port();
        long stored = orders.count();
        return bench.measure(
                        NAME,
                        "purchases, " + rounded(stored) + " orders stored",
                        bench.settings().busyClients(),
                        PurchasePart.UNIT,
                        seed -> new PurchaseClient(port, seed, choice))
                .with("stored", stored)
                .with("databases in MiB", orders.mebibytes());
    }

    private static Measurement reads(Workbench bench, StoredOrders orders, String key) {
        int port = bench.platform().port();
        long stored = orders.count();
        return bench.measure(
                NAME,
                "list of orders, " + rounded(stored) + " orders stored",
                bench.settings().busyClients(),
                ReadsPart.UNIT,
                seed -> ReadClient.bearing(port, seed, key, _ -> "/api/v1/admin/orders?limit=20"));
    }
}
