package org.cartulary.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parts measure with. Used by one thread. */
final class Workbench {

    private static final int BUSY_CLIENTS = 32;
    private static final List<String> PUBLISHERS =
            List.of("order_db", "payment_db", "cart_db", "inventory_db", "checkout_db");
    private static final Duration LONGEST_DELIVERY = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(500);

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
     * @param smoke whether it is only to be seen that everything works
     * @param flameGraph where a flame graph of the purchase goes, {@code null} for none
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
            boolean smoke,
            @Nullable Path flameGraph) {

        /** Clients where only one number of them is measured: as many as there are targets for, if there are so many. */
        int busyClients() {
            return clients.stream()
                    .filter(number -> number <= BUSY_CLIENTS)
                    .max(Integer::compare)
                    .orElse(BUSY_CLIENTS);
        }
    }

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

    /** Events that the relays have not delivered yet: an order is only done when they have. */
    long waitingEvents() {
        return PUBLISHERS.stream()
                .mapToLong(database -> Long.parseLong(platform.cluster()
                        .row(database, "SELECT count(*) AS waiting FROM outbox_events")
                        .getOrDefault("waiting", "0")))
                .sum();
    }

    /** Waits until all events are delivered. */
    void awaitEvents() {
        long end = System.nanoTime() + LONGEST_DELIVERY.toNanos();
        while (waitingEvents() > 0) {
            if (System.nanoTime() > end) {
                throw new BenchmarkException(waitingEvents() + " events are not delivered");
            }
            pause(POLL);
        }
    }

    /** Lets time pass. */
    void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
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
