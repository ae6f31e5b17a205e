package org.cartulary.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parts measure with. Used by one thread. */
final class Workbench {

    private final Settings settings;
    private final PlatformUnderTest platform;
    private final Report report;
    private @Nullable Assortment assortment;

    /**
     * How much is measured.
     *
     * @param clients how many clients at once, one after the other
     * @param warmUp before each measured time
     * @param measured the time that counts
     * @param products how many are bought from
     * @param storedOrders how many orders there are before purchases are measured again
     * @param seed of everything that is drawn
     * @param dataset the file of the replay, {@code null} for none
     * @param scratch a folder for files that nobody keeps
     * @param statements whether statements are counted
     */
    record Settings(
            List<Integer> clients,
            Duration warmUp,
            Duration measured,
            int products,
            List<Integer> storedOrders,
            long seed,
            @Nullable Path dataset,
            Path scratch,
            boolean statements) {}

    Workbench(Settings settings, PlatformUnderTest platform, Report report) {
        this.settings = settings;
        this.platform = platform;
        this.report = report;
    }

    Settings settings() {
        return settings;
    }

    PlatformUnderTest platform() {
        return platform;
    }

    Report report() {
        return report;
    }

    /** The products, which are created when they are first needed. */
    Assortment assortment() {
        Assortment there = assortment;
        if (there == null) {
            report.say("Creating " + settings.products() + " products …");
            there = Assortment.stocked(platform.operator(), settings.products(), settings.seed());
            assortment = there;
        }
        return there;
    }

    /** Measures clients that do the same thing, and what that costs. */
    Measurement measure(String part, String name, int clients, String unit, ClientFactory factory) {
        Usage usage = new Usage(platform);
        Load.Outcome outcome = Load.run(
                clients,
                settings.warmUp(),
                settings.measured(),
                usage,
                number -> factory.client(settings.seed() + number));
        return Measurement.of(part, name, clients, unit, outcome)
                .with("done", outcome.done())
                .with(usage.cost(0));
    }

    /** Makes clients. */
    interface ClientFactory {

        /** A client with random numbers of its own. */
        Load.Client client(long seed);
    }
}
