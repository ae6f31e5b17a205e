package org.cartulary.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A real retailer's year over the public API, by the commands {@code import} and {@code replay}. */
final class ReplayPart implements BenchmarkPart {

    static final String NAME = "replay";

    private static final int CLIENTS = 8;
    /** In a smoke test only the first of December. */
    private static final String SECOND_DAY = "2010-12-02";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Workbench bench) {
        Path file = bench.settings().dataset();
        if (file == null || !Files.isReadable(file)) {
            bench.report()
                    .remark("replay was skipped: "
                            + (file == null
                                    ? "it needs the file of the data set, --dataset=online_retail.csv.gz"
                                    : file + " cannot be read"));
            return;
        }
        PlatformUnderTest platform = bench.platform();
        platform.command("import", "online-retail", file.toString());
        long before = orders(platform);
        Usage usage = new Usage(platform);
        usage.begins();
        long begun = System.nanoTime();
        String table = bench.settings().smoke()
                ? platform.command(
                        "replay", "online-retail", file.toString(), "--clients=" + CLIENTS, "--until=" + SECOND_DAY)
                : platform.command("replay", "online-retail", file.toString(), "--clients=" + CLIENTS);
        double seconds = (System.nanoTime() - begun) / 1e9;
        usage.ends();
        long placed = orders(platform) - before;
        Load.Outcome outcome = new Load.Outcome(placed, seconds, new Histogram(3), Map.of());
        bench.report()
                .add(Measurement.of(NAME, "the online-retail year", CLIENTS, PurchasePart.UNIT, outcome)
                        .with("done", placed)
                        .with("seconds", Measurement.rounded(seconds))
                        .with(usage.cost(0)));
        bench.report().attach("The replay, compared with the retailer's file", table);
    }

    private static long orders(PlatformUnderTest platform) {
        return Long.parseLong(platform.cluster()
                .row("order_db", "SELECT count(*) AS orders FROM orders")
                .getOrDefault("orders", "0"));
    }
}
