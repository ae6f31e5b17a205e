package org.cartulary.platform.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.events.OutboxStore.Failure;
import org.cartulary.platform.events.OutboxStore.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of one database: those of an aggregate in order, those of different aggregates at the same time. It
 * works on the partitions that it holds a lease on, and is woken by commits of this process; it looks for those of other
 * processes every second.
 */
final class OutboxRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final long RENEW_AFTER_NANOS = LEASE.toNanos() / 3;
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_MILLIS = 1000;
    private static final int MAX_BATCH = 200;
    private static final int MAX_CONCURRENT_AGGREGATES = 8;

    private final UUID owner = UUID.randomUUID();
    private final String service;
    private final OutboxStore store;
    private final EventBus bus;
    private final Semaphore signal = new Semaphore(0);
    private final Counter published;
    private final Counter failed;
    private final Counter dead;
    private final AtomicLong backlogEvents = new AtomicLong();
    private final AtomicLong deadEvents = new AtomicLong();
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;
    private volatile long leasedAtNanos;
    private Map<Integer, Long> tokens = Map.of();

    OutboxRelay(Database database, EventBus bus, MeterRegistry meters) {
        this.service = database.service();
        this.store = new OutboxStore(database);
        this.bus = bus;
        this.published = meters.counter("cartulary.outbox.published", "service", service);
        this.failed = meters.counter("cartulary.outbox.failed", "service", service);
        this.dead = meters.counter("cartulary.outbox.died", "service", service);
        meters.gauge("cartulary.outbox.backlog", List.of(Tag.of("service", service)), backlogEvents);
        meters.gauge("cartulary.outbox.dead", List.of(Tag.of("service", service)), deadEvents);
    }

    /** Starts to deliver. */
    void start() {
        thread = Thread.ofVirtual().name("outbox-" + service).start(this::run);
    }

    /** Says that there may be something to deliver. */
    void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    /** Asks the relay to stop after the deliveries under way. */
    void stop() {
        stopping = true;
        signal.release();
    }

    /** Stops, and returns when the deliveries under way have ended. */
    @Override
    public void close() {
        stop();
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (ExecutorService workers = Executors.newFixedThreadPool(
                MAX_CONCURRENT_AGGREGATES,
                Thread.ofVirtual().name("outbox-" + service + "-", 0).factory())) {
            while (!stopping) {
                if (round(workers) == 0) {
                    rest();
                }
            }
            store.release(owner);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("the leases on the outbox of {} were not given back; they expire", service, e);
        }
    }

    private void rest() throws InterruptedException {
        if (signal.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            signal.drainPermits();
        }
    }

    /** One round; a fault of the database ends the round, not the relay. */
    private int round(ExecutorService workers) throws InterruptedException {
        try {
            renewLeases();
            return tokens.isEmpty() ? 0 : deliverBatch(workers);
        } catch (RuntimeException e) {
            LOG.warn("the outbox of {} could not be read or settled; trying again", service, e);
            return 0;
        }
    }

    private void renewLeases() {
        long now = System.nanoTime();
        if (tokens.isEmpty() || now - leasedAtNanos > RENEW_AFTER_NANOS) {
            // Measured before the statement, so that this node never believes in a lease longer than the database does.
            tokens = store.lease(owner, LEASE);
            leasedAtNanos = now;
            OutboxStore.Backlog backlog = store.backlog();
            backlogEvents.set(backlog.waiting());
            deadEvents.set(backlog.dead());
        }
    }

    private int deliverBatch(ExecutorService workers) throws InterruptedException {
        Collection<List<Row>> aggregates = byAggregate(store.due(tokens.keySet(), MAX_BATCH));
        if (aggregates.isEmpty()) {
            return 0;
        }
        Queue<Row> delivered = new ConcurrentLinkedQueue<>();
        Queue<Failure> failures = new ConcurrentLinkedQueue<>();
        workers.invokeAll(aggregates.stream()
                .map(rows -> Executors.callable(() -> deliver(rows, delivered, failures)))
                .toList());
        OutboxStore.Settled settled = store.settle(owner, tokens, delivered, failures);
        published.increment(settled.deleted());
        failed.increment(failures.size());
        dead.increment(settled.dead());
        if (settled.deleted() < delivered.size()) {
            LOG.warn(
                    "the outbox of {} lost a lease; {} events are delivered again",
                    service,
                    delivered.size() - settled.deleted());
            tokens = Map.of();
        }
        return settled.deleted();
    }

    private void deliver(List<Row> rows, Queue<Row> delivered, Queue<Failure> failures) {
        for (Row row : rows) {
            if (!row.due() || leaseNearlyOver()) {
                return;
            }
            try {
                bus.deliver(row.event());
                delivered.add(row);
            } catch (RuntimeException | Error e) {
                LOG.warn(
                        "the event {} {} of {} was not delivered",
                        row.event().type(),
                        row.event().id(),
                        service,
                        e);
                failures.add(new Failure(row, String.valueOf(e)));
                return;
            }
        }
    }

    private boolean leaseNearlyOver() {
        return System.nanoTime() - leasedAtNanos > LEASE.toNanos() - MARGIN_NANOS;
    }

    private static Collection<List<Row>> byAggregate(List<Row> rows) {
        Map<Key, List<Row>> aggregates = new LinkedHashMap<>();
        for (Row row : rows) {
            Event event = row.event();
            aggregates
                    .computeIfAbsent(
                            new Key(event.tenantId(), event.aggregateType(), event.aggregateId()),
                            key -> new ArrayList<>())
                    .add(row);
        }
        return aggregates.values();
    }

    private record Key(UUID tenantId, String aggregateType, UUID aggregateId) {}
}
