package org.cartulary.benchmarks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.EventHandler;
import org.cartulary.platform.events.EventType;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.ids.Ids;
import tools.jackson.databind.json.JsonMapper;

/** An outbox, the bus and a handler, in the database {@code benchmark_db}. Thread-safe. */
final class OutboxUnderTest implements AutoCloseable {

    /** How many events are appended in a transaction while nobody delivers them. */
    static final int BATCH = 100;

    private static final String SERVICE = "benchmark";
    private static final long LIMIT_NANOS = Duration.ofMinutes(5).toNanos();
    private static final long POLL_MILLIS = 5;

    private final Databases databases;
    private final Database database;
    private final EventBus bus;
    private final Outbox outbox;
    private final RequestContext shop = RequestContext.ofSystem(Ids.next());
    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private volatile Histogram latencies = new ConcurrentHistogram(3);

    private OutboxUnderTest(Databases databases, MeterRegistry meters) {
        JsonMapper json = JsonMapper.builder().build();
        this.databases = databases;
        this.database = databases.open(SERVICE);
        this.bus = new EventBus(json, meters);
        this.outbox = new Outbox(database, bus, json);
        bus.host(List.of(new Noting()), List.of());
    }

    /** Something happened. */
    @EventType(name = "benchmark.happened.v1", aggregate = "benchmark")
    record Happened(UUID thing, long appendedAtNanos, String note) {}

    /** Creates the database where it is missing. */
    static OutboxUnderTest open(PlatformUnderTest platform) {
        MeterRegistry meters = new SimpleMeterRegistry();
        return new OutboxUnderTest(platform.databasesAsAdmin(meters), meters);
    }

    /** What is noted besides is the platform's: that the event was handled. */
    private final class Noting implements EventHandler<Happened> {

        @Override
        public String consumer() {
            return "noting";
        }

        @Override
        public Class<Happened> eventType() {
            return Happened.class;
        }

        @Override
        public Database database() {
            return database;
        }

        @Override
        public void handle(Transaction tx, Happened event, Event envelope) {
            tx.afterCommit(() -> {
                latencies.recordValue((System.nanoTime() - event.appendedAtNanos()) / 1000);
                delivered.incrementAndGet();
            });
        }
    }

    /** Appends events of different aggregates in one transaction. */
    void append(int events) {
        shop.run(() -> database.inTransaction(tx -> {
            for (int i = 0; i < events; i++) {
                UUID thing = Ids.next();
                outbox.append(
                        tx, new Happened(thing, System.nanoTime(), "as many bytes as events usually have"), thing, 1);
            }
            return events;
        }));
        appended.addAndGet(events);
    }

    /** Begins to deliver, and measures how long that takes for all that wait. */
    Measurement drain(int waiting) {
        long begun = System.nanoTime();
        bus.start();
        awaitDelivered();
        double seconds = (System.nanoTime() - begun) / 1e9;
        // How long they had to wait says nothing: nobody delivered them.
        Load.Outcome outcome = new Load.Outcome(waiting, seconds, new Histogram(3), Map.of());
        return Measurement.of(OutboxPart.NAME, "a backlog of " + waiting + ", delivered", 1, OutboxPart.UNIT, outcome);
    }

    /**
     * Waits until nothing is left.
     *
     * @return how many there were to wait for
     */
    long awaitDelivered() {
        long left = appended.get() - delivered.get();
        long end = System.nanoTime() + LIMIT_NANOS;
        while (delivered.get() < appended.get()) {
            if (System.nanoTime() > end) {
                throw new BenchmarkException("only " + delivered + " of " + appended + " events were delivered");
            }
            pause();
        }
        return left;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Somebody who appends one event a transaction. */
    Load.Client writer() {
        return new Load.Client() {
            @Override
            public String once() {
                try {
                    append(1);
                    return "";
                } catch (RuntimeException e) {
                    return "fault: " + e.getClass().getSimpleName();
                }
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
    }

    /** Counts what is delivered within the measured time. */
    final class Window implements Load.Watcher {

        private final Usage usage;
        private long before;
        private long after;
        private Histogram measured = latencies;

        private Window(Usage usage) {
            this.usage = usage;
        }

        @Override
        public void begins() {
            usage.begins();
            latencies = new ConcurrentHistogram(3);
            before = delivered.get();
        }

        @Override
        public void ends() {
            after = delivered.get();
            measured = latencies;
            latencies = new ConcurrentHistogram(3);
            usage.ends();
        }

        Load.Outcome delivered(double seconds, Map<String, Long> errors) {
            return new Load.Outcome(after - before, seconds, measured, errors);
        }
    }

    /** A window that also measures what it costs. */
    Window window(Usage usage) {
        return new Window(usage);
    }

    @Override
    public void close() {
        bus.close();
        databases.close();
    }
}
