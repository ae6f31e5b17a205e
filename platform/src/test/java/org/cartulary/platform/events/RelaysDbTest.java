package org.cartulary.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several relays on one database: who delivers what, and what one that comes too late can do. */
class RelaysDbTest {

    @EventType(name = "thing.counted.v1", aggregate = "thing")
    record ThingCounted(UUID thing, int number) {}

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final RelaySettings SHORT_LEASES =
            new RelaySettings(Duration.ofSeconds(3), Duration.ofMillis(100), Duration.ZERO, Duration.ZERO);

    private final Shop shop = new Shop();
    private final PartitionLeases leases = new PartitionLeases(shop.database, EventQueue.OUTBOX);
    private final QueueStore store = new QueueStore(shop.database, EventQueue.OUTBOX);
    private final List<EventBus> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(EventBus::close);
        shop.close();
    }

    private static final RelaySettings LONG_LEASES =
            new RelaySettings(LEASE, Duration.ofMillis(100), Duration.ZERO, Duration.ZERO);

    private EventBus node(ReactingHandler<ThingCounted> handler) {
        return node(handler, SHORT_LEASES);
    }

    private EventBus node(ReactingHandler<ThingCounted> handler, RelaySettings settings) {
        EventBus bus = new EventBus(shop.json, shop.meters, null, settings);
        nodes.add(bus);
        bus.relayOf(shop.database, EventQueue.OUTBOX);
        bus.host(List.of(), List.of(handler));
        return bus;
    }

    private void append(UUID thing, int events) {
        Outbox outbox = new Outbox(shop.database, new EventBus(shop.json, shop.meters), shop.json);
        shop.context()
                .run(() -> shop.database.inTransaction(tx -> {
                    for (int number = 1; number <= events; number++) {
                        outbox.append(tx, new ThingCounted(thing, number), thing, number);
                    }
                    return events;
                }));
    }

    /** Has no inbox, so that it sees whatever is delivered. */
    private final class Witness implements ReactingHandler<ThingCounted> {
        private final String node;
        private final List<String> seen;
        private final CountDownLatch entered;
        private final CountDownLatch goOn;

        Witness(String node, List<String> seen, CountDownLatch entered, CountDownLatch goOn) {
            this.node = node;
            this.seen = seen;
            this.entered = entered;
            this.goOn = goOn;
        }

        @Override
        public String consumer() {
            return "witness";
        }

        @Override
        public Class<ThingCounted> eventType() {
            return ThingCounted.class;
        }

        @Override
        public Database database() {
            return shop.database;
        }

        @Override
        public void handle(ThingCounted event, Event envelope) {
            seen.add(node + event.number());
            entered.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    @Tag("PLT-09")
    void aRelayThatWasPausedPastItsLeaseDeliversNothingMore() throws InterruptedException {
        List<String> seen = new CopyOnWriteArrayList<>();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch wakeUp = new CountDownLatch(1);
        append(Ids.next(), 5);
        EventBus sleeper = node(new Witness("a", seen, entered, wakeUp));
        sleeper.start();
        entered.await();
        EventBus successor = node(new Witness("b", seen, new CountDownLatch(0), new CountDownLatch(0)));
        successor.start();
        Shop.await(() -> shop.count("SELECT count(*) FROM outbox_events") == 0);
        assertThat(seen).containsExactly("a1", "b1", "b2", "b3", "b4", "b5");

        wakeUp.countDown();
        sleeper.close();
        assertThat(seen).containsExactly("a1", "b1", "b2", "b3", "b4", "b5");
    }

    @Test
    @Timeout(300)
    void aRelayThatLetsEventsGatherStopsAtOnce() throws InterruptedException {
        List<String> seen = new CopyOnWriteArrayList<>();
        EventBus patient = node(
                new Witness("a", seen, new CountDownLatch(0), new CountDownLatch(0)),
                new RelaySettings(LEASE, Duration.ofMillis(100), Duration.ofHours(1), Duration.ofHours(1)));
        append(Ids.next(), 1);
        patient.start();
        Shop.await(() -> shop.count("SELECT count(*) FROM outbox_events") == 0);
        append(Ids.next(), 1);

        patient.close();

        assertThat(seen).containsExactly("a1");
        assertThat(shop.count("SELECT count(*) FROM outbox_events")).isEqualTo(1);
    }

    @Test
    @Tag("PLT-09")
    void whatARelayWithAStaleTokenReportsIsRefused() {
        append(Ids.next(), 1);
        UUID first = Ids.next();
        UUID second = Ids.next();
        Map<Integer, Long> stale = leases.lease(first, LEASE);
        assertThat(stale).hasSize(Outbox.PARTITIONS);
        assertThat(leases.lease(first, LEASE)).isEqualTo(stale);
        shop.execute("UPDATE outbox_partitions SET lease_until = now() - interval '1 second'");
        shop.execute("UPDATE event_relays SET alive_until = now() - interval '1 second'");
        Map<Integer, Long> fresh = leases.lease(second, LEASE);
        assertThat(fresh).hasSize(Outbox.PARTITIONS);

        List<QueueStore.Row> rows = store.due(fresh.keySet(), 10);
        assertThat(store.settle(first, stale, delivered(rows)).deleted()).isZero();
        var failure = new QueueStore.Failure(rows.getFirst(), "stale");
        store.settle(first, stale, new QueueStore.Outcome(List.of(), List.of(failure), List.of()));
        store.settle(first, stale, new QueueStore.Outcome(List.of(), List.of(), List.of(failure)));
        assertThat(shop.count("SELECT count(*) FROM outbox_events WHERE attempts = 0 AND last_error IS NULL"))
                .isEqualTo(1);
        // The token of a relay that lost its lease is not good even under the name of the one that has it now.
        assertThat(store.settle(second, stale, delivered(rows)).deleted()).isZero();
        // Nor is the good token under the name of another.
        assertThat(store.settle(first, fresh, delivered(rows)).deleted()).isZero();
        assertThat(store.settle(second, fresh, delivered(rows)).deleted()).isEqualTo(1);
    }

    private static QueueStore.Outcome delivered(List<QueueStore.Row> rows) {
        return new QueueStore.Outcome(rows, List.of(), List.of());
    }

    @Test
    @Tag("PLT-09")
    void relaysThatLiveShareThePartitions() {
        UUID first = Ids.next();
        UUID second = Ids.next();
        UUID third = Ids.next();
        assertThat(leases.lease(first, LEASE)).hasSize(16);
        assertThat(leases.lease(second, LEASE)).isEmpty();
        assertThat(leases.lease(first, LEASE)).hasSize(8);
        assertThat(leases.lease(second, LEASE)).hasSize(8);
        assertThat(leases.lease(third, LEASE)).isEmpty();
        Map<Integer, Long> ofFirst = leases.lease(first, LEASE);
        Map<Integer, Long> ofSecond = leases.lease(second, LEASE);
        Map<Integer, Long> ofThird = leases.lease(third, LEASE);
        assertThat(List.of(ofFirst.size(), ofSecond.size(), ofThird.size())).containsExactly(6, 6, 4);
        Set<Integer> all = new HashSet<>(ofFirst.keySet());
        all.addAll(ofSecond.keySet());
        all.addAll(ofThird.keySet());
        assertThat(all).hasSize(16);

        leases.release(first);
        leases.release(second);
        assertThat(leases.lease(third, LEASE)).hasSize(16);
        // Another queue has partitions and relays of its own.
        assertThat(new PartitionLeases(shop.database, EventQueue.RECEIVED).lease(first, LEASE))
                .hasSize(16);
    }

    @Test
    @Tag("PLT-09")
    void aSecondNodeGetsItsShareOfTheWork() throws InterruptedException {
        List<String> seen = new CopyOnWriteArrayList<>();
        node(new Witness("a", seen, new CountDownLatch(0), new CountDownLatch(0)), LONG_LEASES)
                .start();
        Shop.await(() -> shop.count("SELECT count(*) FROM outbox_partitions WHERE lease_owner IS NOT NULL") == 16);
        node(new Witness("b", seen, new CountDownLatch(0), new CountDownLatch(0)), LONG_LEASES)
                .start();
        Shop.await(() -> shop.count("SELECT count(DISTINCT lease_owner) FROM outbox_partitions") == 2);
        IntStream.range(0, 200).forEach(number -> append(Ids.next(), 1));
        Shop.await(() -> shop.count("SELECT count(*) FROM outbox_events") == 0);
        assertThat(seen).hasSize(200);
        assertThat(seen.stream().filter(effect -> effect.startsWith("a"))).hasSizeBetween(60, 140);
    }

    @Test
    @Tag("PLT-09")
    void theWaitBeforeTheNextAttemptDoublesAndVaries() {
        for (int thing = 0; thing < 40; thing++) {
            append(Ids.next(), 1);
        }
        UUID relay = Ids.next();
        Map<Integer, Long> tokens = leases.lease(relay, LEASE);
        for (int attempt = 0; attempt < 12; attempt++) {
            shop.execute("UPDATE outbox_events SET next_attempt_at = now() - interval '1 second'");
            List<QueueStore.Failure> failures = store.due(tokens.keySet(), 100).stream()
                    .map(row -> new QueueStore.Failure(row, "no"))
                    .toList();
            assertThat(failures).hasSize(40);
            String before = "to_timestamp(" + shop.count("SELECT extract(epoch FROM clock_timestamp())::bigint") + ")";
            assertThat(store.settle(relay, tokens, new QueueStore.Outcome(List.of(), failures, List.of()))
                            .dead())
                    .isEqualTo(attempt == 11 ? 40 : 0);
            double full = Math.min(300, Math.pow(2, attempt));
            // Counted from before it was settled at the least, and from now at the most, however long that took.
            assertThat(shop.count("SELECT count(*) FROM outbox_events WHERE next_attempt_at BETWEEN " + before
                            + " - interval '1 second' + interval '1 second' * " + full / 2
                            + " AND clock_timestamp() + interval '1 second' * " + full))
                    .isEqualTo(40);
            assertThat(shop.count("SELECT count(DISTINCT next_attempt_at) FROM outbox_events"))
                    .isGreaterThan(30);
        }
        assertThat(store.due(tokens.keySet(), 100)).isEmpty();
    }

    @Test
    @Tag("PLT-09")
    void priorityDecidesBetweenAggregatesOnly() {
        Outbox outbox = new Outbox(shop.database, new EventBus(shop.json, shop.meters), shop.json);
        UUID late = Ids.next();
        UUID urgent = Ids.next();
        shop.context()
                .run(() -> shop.database.inTransaction(tx -> {
                    outbox.append(tx, new ThingCounted(late, 1), late, 1, 0);
                    outbox.append(tx, new ThingCounted(late, 2), late, 2, 10);
                    outbox.append(tx, new ThingCounted(urgent, 1), urgent, 1, 9);
                    outbox.append(tx, new ThingCounted(urgent, 2), urgent, 2, 0);
                    return late;
                }));
        List<Event> events = store.due(IntStream.range(0, 16).boxed().toList(), 10).stream()
                .map(QueueStore.Row::event)
                .toList();
        assertThat(events).extracting(Event::aggregateId).containsExactly(urgent, urgent, late, late);
        assertThat(events).extracting(Event::aggregateVersion).containsExactly(1L, 2L, 1L, 2L);
    }
}
