package org.cartulary.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Complete purchases of three products over HTTP, compared with the bare SQL of a purchase. */
final class PurchasePart implements BenchmarkPart {

    static final String NAME = "purchase";
    static final String UNIT = "orders";

    private static final double WANTED = 1.0;
    private static final int CLIENTS_TO_WARM_UP = 16;
    private static final int WARM_UPS = 5;
    private static final Duration COUNTED = Duration.ofSeconds(3);
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
            Measurement line = bench.measure(
                    NAME, "3 of many products", clients, UNIT, seed -> new PurchaseClient(port, seed, choice));
            OptionalDouble baseline = bench.report().perSecond(BaselinePart.NAME, BaselinePart.PURCHASE, clients);
            line = baseline.isPresent() ? line.against(baseline.getAsDouble(), WANTED) : line;
            if (bench.settings().statements()) {
                line = countStatements(bench, clients, choice, line);
            }
            bench.report().add(line.with("waiting events", waitingEvents(bench)));
        }
    }

    /** So that Java has compiled what is measured. */
    private static void warmUp(Workbench bench, Function<Random, List<String>> choice) {
        int port = bench.platform().port();
        Load.Outcome outcome = Load.run(
                CLIENTS_TO_WARM_UP,
                bench.settings().warmUp().multipliedBy(WARM_UPS),
                bench.settings().warmUp(),
                Load.Watcher.NOBODY,
                number -> new PurchaseClient(port, -1 - number, choice));
        bench.report()
                .say(String.format(
                        Locale.ROOT, "  warm after %,.0f orders/s %s", outcome.perSecond(), outcome.errors()));
    }

    private static Measurement countStatements(
            Workbench bench, int clients, Function<Random, List<String>> choice, Measurement line) {
        StatementLog log = new StatementLog(bench.platform().cluster());
        int port = bench.platform().port();
        Load.Outcome outcome = Load.run(
                clients,
                Duration.ofMillis(500),
                COUNTED,
                log,
                number -> new PurchaseClient(port, 1_000_000 + number, choice));
        List<StatementLog.Count> counts = log.counts();
        double orders = Math.max(1, outcome.done());
        long control = counts.stream()
                .filter(StatementLog.Count::isTransactionControl)
                .mapToLong(StatementLog.Count::calls)
                .sum();
        long all = counts.stream().mapToLong(StatementLog.Count::calls).sum();
        bench.report().attach("Statements of a purchase, " + clients + " clients", listing(counts, orders));
        return line.with("statements each", Measurement.rounded((all - control) / orders))
                .with("begins and commits each", Measurement.rounded(control / orders));
    }

    private static String listing(List<StatementLog.Count> counts, double orders) {
        Map<String, Long> byDatabase = new TreeMap<>();
        counts.forEach(count -> byDatabase.merge(count.database(), count.calls(), Long::sum));
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

    /** Events that the relays have not delivered yet: an order is only done when they have. */
    private static long waitingEvents(Workbench bench) {
        return Stream.of("order_db", "payment_db", "cart_db", "inventory_db", "checkout_db")
                .mapToLong(database -> Long.parseLong(bench.platform()
                        .cluster()
                        .row(database, "SELECT count(*) AS waiting FROM outbox_events")
                        .getOrDefault("waiting", "0")))
                .sum();
    }
}
