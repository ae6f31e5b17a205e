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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Work;
import org.cartulary.platform.events.QueueStore.Failure;
import org.cartulary.platform.events.QueueStore.Outcome;
import org.cartulary.platform.events.QueueStore.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of one queue: those of an aggregate in order, those of different aggregates at the same time. It
 * works on the partitions that it holds a lease on, and is woken by commits of this process; it looks for those of other
 * processes every second.
 */
final class QueueRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueRelay.class);
    private static final int MAX_BATCH_EVENTS = 200;

    private final UUID id = UUID.randomUUID();
    private final String name;
    private final PartitionLeases leases;
    private final QueueStore store;
    private final Route route;
    private final RelaySettings settings;
    private final Semaphore signal = new Semaphore(0);
    private final Counter published;
    private final Counter failed;
    private final Counter postponed;
    private final Counter dead;
    private final AtomicLong backlogEvents = new AtomicLong();
    private final AtomicLong deadEvents = new AtomicLong();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Thread thread;
    private volatile long leasedAtNanos;
    private Map<Integer, Long> tokens = Map.of();

    QueueRelay(Database database, EventQueue queue, Route route, RelaySettings settings, MeterRegistry meters) {
        this.name = queue.word() + " of " + database.service();
        Work.declare(name);
        this.leases = new PartitionLeases(database, queue);
        this.store = new QueueStore(database, queue);
        this.route = route;
        this.settings = settings;
        String prefix = "cartulary." + queue.word() + ".";
        String service = database.service();
        this.published = meters.counter(prefix + "published", "service", service);
        this.failed = meters.counter(prefix + "failed", "service", service);
        this.postponed = meters.counter(prefix + "postponed", "service", service);
        this.dead = meters.counter(prefix + "died", "service", service);
        meters.gauge(prefix + "backlog", List.of(Tag.of("service", service)), backlogEvents);
        meters.gauge(prefix + "dead", List.of(Tag.of("service", service)), deadEvents);
    }

    /** Where the events of a queue go. */
    interface Route {

        /** As {@link EventTransport#deliver}. */
        Delivery deliver(List<Event> events, BooleanSupplier goOn);

        /** As {@link EventTransport#ready}. */
        boolean ready();

        /** As {@link EventTransport#concurrency}. */
        int concurrency();
    }

    /** Starts to deliver. */
    void start() {
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    /** Says that there may be something to deliver. */
    void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    /** Asks the relay to stop after the deliveries under way. */
    void stop() {
        stopped.countDown();
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
                route.concurrency(), Thread.ofVirtual().name(name + "-", 0).factory())) {
            while (stopped.getCount() > 0) {
                long began = System.nanoTime();
                int delivered = round(workers);
                if (delivered == 0) {
                    rest();
                } else if (delivered < MAX_BATCH_EVENTS) {
                    gather(settings.gatheringAfter(delivered), began);
                }
            }
            leases.release(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.warn("the leases on the {} were not given back; they expire", name, e);
        }
    }

    private void rest() throws InterruptedException {
        if (signal.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
            signal.drainPermits();
        }
    }

    /** Lets events come together. The first one after a rest does not wait. */
    private void gather(Duration time, long beganNanos) throws InterruptedException {
        long wait = time.toNanos() - (System.nanoTime() - beganNanos);
        if (stopped.await(wait, TimeUnit.NANOSECONDS)) {
            LOG.debug("the {} stops while events gather", name);
        }
    }

    /** One round; a fault of the database ends the round, not the relay. */
    private int round(ExecutorService workers) throws InterruptedException {
        try {
            renewLeases();
            return tokens.isEmpty() || !route.ready() ? 0 : deliverBatch(workers);
        } catch (RuntimeException | Error e) {
            LOG.warn("the {} could not be read or settled; trying again", name, e);
            return 0;
        }
    }

    private void renewLeases() {
        long now = System.nanoTime();
        if (tokens.isEmpty() || now - leasedAtNanos > settings.renewAfterNanos()) {
            // Measured before the statement, so that this node never believes in a lease longer than the database does.
            tokens = leases.lease(id, settings.lease());
            leasedAtNanos = now;
            QueueStore.Backlog backlog = store.backlog();
            backlogEvents.set(backlog.waiting());
            deadEvents.set(backlog.dead());
        }
    }

    private int deliverBatch(ExecutorService workers) throws InterruptedException {
        Work.reached(name, "read/before");
        Collection<List<Row>> aggregates = byAggregate(store.due(tokens.keySet(), MAX_BATCH_EVENTS));
        if (aggregates.isEmpty()) {
            return 0;
        }
        Batch batch = new Batch();
        workers.invokeAll(aggregates.stream()
                .map(rows -> Executors.callable(() -> deliver(rows, batch)))
                .toList());
        // If the transport is down, all events wait; to write that down for each would only wear the table out.
        Outcome outcome =
                new Outcome(batch.delivered, batch.failed, route.ready() ? batch.postponed : List.<Failure>of());
        Work.reached(name, "settle/before");
        QueueStore.Settled settled = store.settle(id, tokens, outcome);
        Work.reached(name, "settle/done");
        published.increment(settled.deleted());
        failed.increment(batch.failed.size());
        postponed.increment(batch.postponed.size());
        dead.increment(settled.dead());
        if (settled.deleted() < batch.delivered.size()) {
            LOG.warn(
                    "the {} lost a lease; {} events are delivered again",
                    name,
                    batch.delivered.size() - settled.deleted());
            tokens = Map.of();
        }
        return settled.deleted();
    }

    /** What the workers report. */
    private static final class Batch {
        final Queue<Row> delivered = new ConcurrentLinkedQueue<>();
        final Queue<Failure> failed = new ConcurrentLinkedQueue<>();
        final Queue<Failure> postponed = new ConcurrentLinkedQueue<>();
    }

    private void deliver(List<Row> aggregate, Batch batch) {
        List<Row> rows = aggregate.stream().takeWhile(Row::due).toList();
        Delivery delivery = attempt(rows);
        batch.delivered.addAll(rows.subList(0, delivery.delivered()));
        Throwable failure = delivery.failure();
        if (failure == null) {
            return;
        }
        Row row = rows.get(delivery.delivered());
        if (Unavailability.isReasonFor(failure)) {
            LOG.info(
                    "the event {} {} in the {} has to wait: {}",
                    row.event().type(),
                    row.event().id(),
                    name,
                    failure.toString());
            batch.postponed.add(new Failure(row, failure.toString()));
        } else {
            LOG.warn(
                    "the event {} {} in the {} was not delivered",
                    row.event().type(),
                    row.event().id(),
                    name,
                    failure);
            batch.failed.add(new Failure(row, failure.toString()));
        }
    }

    private Delivery attempt(List<Row> rows) {
        try {
            return route.deliver(rows.stream().map(Row::event).toList(), () -> !leaseNearlyOver());
        } catch (RuntimeException | Error e) {
            return new Delivery(0, e);
        }
    }

    private boolean leaseNearlyOver() {
        return System.nanoTime() - leasedAtNanos > settings.lease().toNanos() - settings.marginNanos();
    }

    private static Collection<List<Row>> byAggregate(List<Row> rows) {
        Map<AggregateKey, List<Row>> aggregates = new LinkedHashMap<>();
        for (Row row : rows) {
            aggregates
                    .computeIfAbsent(AggregateKey.of(row.event()), key -> new ArrayList<>())
                    .add(row);
        }
        return aggregates.values();
    }
}
