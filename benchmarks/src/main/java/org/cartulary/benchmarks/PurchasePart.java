package org.cartulary.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Complete purchases of three products over HTTP, compared with the bare SQL of a purchase. */
final class PurchasePart implements BenchmarkPart {

    static final String NAME = "purchase";
    static final String UNIT = "orders";

    private static final String WANTED = "≥ 1.0 ×";
    private static final int CLIENTS_TO_WARM_UP = 16;
    private static final int WARM_UPS = 5;
    private static final int COUNTED_PURCHASES = 320;
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final int MOST_STATEMENTS = 40;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Workbench bench) {
        Function<Random, List<String>> choice = bench.assortment().three();
        int port = bench.platform().port();
        warmUp(bench, choice);
        for (int clients : bench.settings().clients()) {
            Measurement line = profiled(
                            bench,
                            clients,
                            () -> bench.measure(
                                    NAME,
                                    "3 of many products",
                                    clients,
                                    UNIT,
                                    seed -> new PurchaseClient(port, seed, choice)))
                    .with("waiting events", bench.waitingEvents());
            OptionalDouble baseline = bench.report().perSecond(BaselinePart.NAME, BaselinePart.PURCHASE, clients);
            line = baseline.isPresent() ? line.against(baseline.getAsDouble(), WANTED) : line;
            if (!bench.settings().smoke()) {
                line = countStatements(bench, clients, choice, line);
            }
            bench.report().add(line);
        }
    }

    /** With a flame graph, if one is wanted and this is the number of clients that counts. */
    private static Measurement profiled(Workbench bench, int clients, Supplier<Measurement> work) {
        Path file = bench.settings().flameGraph();
        if (file == null || clients != bench.settings().busyClients()) {
            return work.get();
        }
        Profiler profiler = Profiler.of(bench.platform().pid(), bench.settings().scratch());
        profiler.start();
        Measurement line = work.get();
        profiler.stop(file);
        bench.report().remark("The purchases of " + clients + " clients were measured under a profiler: " + file);
        return line;
    }

    /** So that Java has compiled what is measured, and the planner knows the tables, as it does in a shop that is in use. */
    private static void warmUp(Workbench bench, Function<Random, List<String>> choice) {
        int port = bench.platform().port();
        Load.Outcome outcome = Load.run(
                CLIENTS_TO_WARM_UP,
                bench.settings().warmUp().multipliedBy(WARM_UPS),
                bench.settings().warmUp(),
                Load.Watcher.NOBODY,
                number -> new PurchaseClient(port, -1 - number, choice));
        bench.platform().cluster().analyze();
        bench.report()
                .say(String.format(
                        Locale.ROOT, "  warm after %,.0f orders/s %s", outcome.perSecond(), outcome.errors()));
    }

    /** Counted from the first purchase to the last event, without what the platform does while nobody buys. */
    private static Measurement countStatements(
            Workbench bench, int clients, Function<Random, List<String>> choice, Measurement line) {
        bench.awaitEvents();
        Cluster cluster = bench.platform().cluster();
        StatementLog idle = StatementLog.during(cluster, () -> bench.pause(IDLE));
        int port = bench.platform().port();
        AtomicLong placed = new AtomicLong();
        StatementLog busy = StatementLog.during(cluster, () -> {
            placed.set(Load.times(
                            clients,
                            (COUNTED_PURCHASES + clients - 1) / clients,
                            number -> new PurchaseClient(port, 1_000_000 + number, choice))
                    .done());
            bench.awaitEvents();
        });
        double orders = Math.max(1, placed.get());
        List<StatementLog.Count> counts = busy.without(idle);
        double control = counts.stream()
                .filter(StatementLog.Count::isTransactionControl)
                .mapToDouble(StatementLog.Count::calls)
                .sum();
        double all = counts.stream().mapToDouble(StatementLog.Count::calls).sum();
        bench.report().attach("Statements of a purchase, " + clients + " clients", listing(counts, orders));
        return line.with("statements each", Measurement.rounded((all - control) / orders))
                .with("begins and commits each", Measurement.rounded(control / orders));
    }

    private static String listing(List<StatementLog.Count> counts, double orders) {
        Map<String, Double> byDatabase = new TreeMap<>();
        counts.forEach(count -> byDatabase.merge(count.database(), count.calls(), Double::sum));
        List<String> lines = new ArrayList<>();
        byDatabase.forEach((database, calls) ->
                lines.add(String.format(Locale.ROOT, "%8.2f  %-14s all", calls / orders, database)));
        counts.stream()
                .limit(MOST_STATEMENTS)
                .map(count -> String.format(
                        Locale.ROOT,
                        "%8.2f  %-14s %s",
                        count.calls() / orders,
                        count.database(),
                        count.statement()
                                .substring(0, Math.min(150, count.statement().length()))))
                .forEach(lines::add);
        return String.join("\n", lines);
    }
}
