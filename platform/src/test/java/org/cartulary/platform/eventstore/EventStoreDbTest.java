package org.cartulary.platform.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.EventType;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.events.StaleVersionException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

@Tag("PLT-11")
class EventStoreDbTest {

    private static final String THING = "thing";

    @EventType(name = "thing.happened.v1", aggregate = THING)
    record ThingHappened(UUID thing, long number) {}

    private final Shop shop = new Shop();
    private final EventBus bus = new EventBus(shop.json, shop.meters);
    private final Outbox outbox = new Outbox(shop.database, bus, shop.json);
    private final EventStore store = new EventStore(shop.database);

    @AfterEach
    void close() {
        bus.close();
        shop.close();
    }

    private void append(Transaction tx, UUID thing, long version) {
        outbox.append(tx, new ThingHappened(thing, version), thing, version);
    }

    private void append(UUID thing, long... versions) {
        shop.context()
                .run(() -> shop.database.inTransaction(tx -> {
                    for (long version : versions) {
                        append(tx, thing, version);
                    }
                    return versions.length;
                }));
    }

    private static List<Long> versions(List<StoredEvent> events) {
        return events.stream().map(stored -> stored.event().aggregateVersion()).toList();
    }

    private List<StoredEvent> all() {
        return store.feed(new EventsAfter(EventPosition.START, null, EventStore.MAX_PAGE))
                .events();
    }

    @Test
    void whatIsPublishedIsStoredAndWhatIsRolledBackIsNot() {
        UUID thing = Ids.next();
        append(thing, 1, 3);
        try {
            shop.context()
                    .run(() -> shop.database.inTransaction(tx -> {
                        append(tx, thing, 4);
                        throw new IllegalStateException("no");
                    }));
        } catch (IllegalStateException rolledBack) {
            assertThat(rolledBack).hasMessage("no");
        }
        assertThat(shop.count("SELECT count(*) FROM outbox_events o JOIN domain_events d"
                        + " ON d.id = o.id AND d.occurred_at = o.occurred_at AND d.data = o.data"))
                .isEqualTo(2);
        assertThat(shop.count("SELECT count(*) FROM domain_events")).isEqualTo(2);
        assertThat(SqlInvariant.check(shop.database, List.of()))
                .filteredOn(result -> !result.name().equals("no-event-left"))
                .allSatisfy(result -> assertThat(result.breaches()).isZero())
                .extracting(InvariantResult::name)
                .contains(
                        "events-are-stored",
                        "stream-heads-match-events",
                        "event-partitions-ahead",
                        "event-positions-are-past");
    }

    @Test
    void aStaleOrRepeatedVersionIsAFaultThatRollsBack() {
        UUID thing = Ids.next();
        append(thing, 5);
        for (long version : new long[] {5, 4}) {
            assertThatExceptionOfType(StaleVersionException.class)
                    .isThrownBy(() -> append(thing, version))
                    .withMessageContaining(thing.toString());
        }
        assertThatExceptionOfType(StaleVersionException.class).isThrownBy(() -> append(Ids.next(), 1, 1));
        append(thing, 6);
        assertThat(versions(all())).containsExactly(5L, 6L);
    }

    @Test
    void ofTwoWritersOfOneVersionOneFails() throws Exception {
        UUID thing = Ids.next();
        int writers = 8;
        CountDownLatch go = new CountDownLatch(1);
        int failures = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calls = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                calls.add(threads.submit(() -> {
                    go.await();
                    append(thing, 1);
                    return null;
                }));
            }
            go.countDown();
            for (Future<?> call : calls) {
                try {
                    call.get(60, TimeUnit.SECONDS);
                } catch (java.util.concurrent.ExecutionException failure) {
                    assertThat(failure.getCause()).isInstanceOf(StaleVersionException.class);
                    failures++;
                }
            }
        }
        assertThat(failures).isEqualTo(writers - 1);
        assertThat(shop.count("SELECT count(*) FROM domain_events")).isEqualTo(1);
    }

    @Test
    void neitherApplicationNorWorkerNorOwnerChangesWhatHappened() {
        append(Ids.next(), 1);
        String partition = shop.database.asReadonly(tx -> tx.jdbc()
                .sql("SELECT tableoid::regclass::text FROM domain_events")
                .query(String.class)
                .single());
        for (String statement : List.of(
                "UPDATE domain_events SET data = '{}'",
                "DELETE FROM domain_events",
                "TRUNCATE domain_events",
                "SELECT * FROM " + partition,
                "DELETE FROM " + partition,
                "DELETE FROM event_streams",
                "TRUNCATE event_streams",
                "UPDATE event_streams SET version = version - 1")) {
            assertThatExceptionOfType(DataAccessException.class)
                    .as("worker: " + statement)
                    .isThrownBy(() -> shop.database.asWorker(tx -> run(tx, statement)));
            assertThatExceptionOfType(DataAccessException.class)
                    .as("application: " + statement)
                    .isThrownBy(() -> shop.context().run(() -> shop.database.inTransaction(tx -> run(tx, statement))));
        }
        for (String statement : List.of(
                "UPDATE domain_events SET data = '{}'",
                "DELETE FROM domain_events",
                "TRUNCATE domain_events",
                "DELETE FROM " + partition,
                "TRUNCATE " + partition,
                "DELETE FROM event_streams",
                "TRUNCATE event_streams")) {
            assertThatExceptionOfType(DataAccessException.class)
                    .as("owner: " + statement)
                    .isThrownBy(() -> shop.admin().sql(statement).update())
                    .havingRootCause()
                    .withMessageContaining("what happened is not changed");
        }
        assertThat(all()).hasSize(1);
    }

    private static boolean run(Transaction tx, String statement) {
        tx.jdbc().sql(statement).update();
        return true;
    }

    @Test
    @Tag("PLT-17")
    void aTenantReadsItsOwnEventsOnly() {
        UUID thing = Ids.next();
        append(thing, 1, 2);
        RequestContext.ofSystem(Ids.next()).run(() -> {
            assertThat(store.stream(THING, thing, -1, 10)).isEmpty();
            assertThat(store.between(
                            TimePosition.at(Instant.EPOCH), Instant.now().plusSeconds(60), 10))
                    .isEmpty();
            assertThat(shop.database.<Long>inReadTransaction(tx -> tx.jdbc()
                            .sql("SELECT count(*) FROM domain_events")
                            .query(Long.class)
                            .single()))
                    .isZero();
        });
    }

    @Test
    void aStreamIsReadUpToATimeOrAVersionAndPageByPage() {
        UUID thing = Ids.next();
        append(thing, 1);
        append(thing, 2);
        append(thing, 5);
        append(Ids.next(), 1);
        shop.context().run(() -> {
            List<StoredEvent> events = store.stream(THING, thing, -1, 10);
            assertThat(versions(events)).containsExactly(1L, 2L, 5L);
            assertThat(shop.json.readValue(events.getLast().event().data(), ThingHappened.class))
                    .isEqualTo(new ThingHappened(thing, 5));
            assertThat(versions(store.stream(THING, thing, 1, 1))).containsExactly(2L);
            assertThat(versions(store.streamUpTo(THING, thing, 4))).containsExactly(1L, 2L);
            Instant second = events.get(1).event().occurredAt();
            assertThat(versions(store.streamAsOf(THING, thing, second))).containsExactly(1L, 2L);
            assertThat(versions(store.streamAsOf(THING, thing, second.minusNanos(1_000))))
                    .containsExactly(1L);
            assertThat(store.streamAsOf(THING, thing, Instant.EPOCH)).isEmpty();
        });
    }

    @Test
    void aTimeRangeIsReadPageByPageWithoutItsEnd() {
        UUID thing = Ids.next();
        for (long version = 1; version <= 7; version++) {
            append(thing, version);
        }
        shop.context().run(() -> {
            List<StoredEvent> events = store.stream(THING, thing, -1, 10);
            Instant from = events.get(1).event().occurredAt();
            Instant to = events.get(6).event().occurredAt();
            List<StoredEvent> read = new ArrayList<>();
            TimePosition position = TimePosition.at(from);
            List<StoredEvent> page;
            do {
                page = store.between(position, to, 2);
                read.addAll(page);
                position = page.isEmpty() ? position : TimePosition.of(page.getLast());
            } while (!page.isEmpty());
            assertThat(versions(read)).containsExactly(2L, 3L, 4L, 5L, 6L);
        });
    }

    /** What a reader does that remembers the greatest sequence it has seen: it loses what commits late. */
    private List<Long> naively(long lastSequence) {
        return shop.database.asReadonly(tx -> tx.jdbc()
                .sql("SELECT aggregate_version FROM domain_events WHERE sequence > :last ORDER BY sequence")
                .param("last", lastSequence)
                .query(Long.class)
                .list());
    }

    @Test
    void anEventOfATransactionThatCommitsLateIsNotSkipped() throws Exception {
        UUID late = Ids.next();
        UUID early = Ids.next();
        CountDownLatch appended = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        EventPosition position = EventPosition.START;
        List<Long> followed = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> held = threads.submit(() -> shop.context()
                    .run(() -> shop.database.inTransaction(tx -> {
                        append(tx, late, 100);
                        appended.countDown();
                        return await(release);
                    })));
            assertThat(appended.await(60, TimeUnit.SECONDS)).isTrue();
            append(early, 1, 2);
            append(early, 3);

            EventPage during = store.feed(new EventsAfter(position, null, 2));
            followed.addAll(versions(during.events()));
            position = during.next();
            assertThat(naively(0)).containsExactly(1L, 2L, 3L);
            long naivePosition = shop.count("SELECT max(sequence) FROM domain_events");
            release.countDown();
            held.get(60, TimeUnit.SECONDS);

            assertThat(naively(naivePosition))
                    .as("a naive reader loses the event")
                    .isEmpty();
            EventPage page;
            do {
                page = store.feed(new EventsAfter(position, null, 2));
                followed.addAll(versions(page.events()));
                position = page.next();
            } while (!page.events().isEmpty());
        }
        assertThat(followed).containsExactly(100L, 1L, 2L, 3L);
    }

    @Test
    void anAggregateIsFollowedInItsOrderEvenIfItsSecondWriterBeganFirst() throws Exception {
        UUID thing = Ids.next();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> second = threads.submit(() -> shop.context()
                    .run(() -> shop.database.inTransaction(tx -> {
                        // As a handler does that notes its event first: the transaction has its number from here on.
                        Shop.note(tx, "begun");
                        begun.countDown();
                        await(proceed);
                        append(tx, thing, 2);
                        return true;
                    })));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            append(thing, 1);
            proceed.countDown();
            second.get(60, TimeUnit.SECONDS);
        }
        assertThat(versions(all())).containsExactly(1L, 2L);
        assertThat(shop.count("SELECT count(*) FROM domain_events a JOIN domain_events b"
                        + " ON a.aggregate_version = 1 AND b.aggregate_version = 2 AND a.occurred_at <= b.occurred_at"))
                .isEqualTo(1);
    }

    @Test
    void aFeedEndsWhereItIsToldTo() {
        UUID thing = Ids.next();
        append(thing, 1, 2, 3);
        EventPosition second = all().get(1).position();
        EventPage page = store.feed(new EventsAfter(EventPosition.START, second, 10));
        assertThat(versions(page.events())).containsExactly(1L, 2L);
        assertThat(page.next()).isEqualTo(second);
        assertThat(store.feed(new EventsAfter(second, second, 10))).isEqualTo(new EventPage(List.of(), second));
    }

    @Test
    @Tag("PLT-19")
    void partitionsAreMadeAheadByTheWorkerOnceHoweverManyNodesDoIt() throws Exception {
        assertThat(store.createPartitions()).isZero();
        long before = partitions();
        shop.admin().sql(dropLastPartition()).update();
        assertThat(partitions()).isEqualTo(before - 1);

        int created = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> nodes = new ArrayList<>();
            for (int node = 0; node < 4; node++) {
                nodes.add(threads.submit(store::createPartitions));
            }
            for (Future<Integer> node : nodes) {
                created += node.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(created).isEqualTo(1);
        assertThat(partitions()).isEqualTo(before);
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> shop.context()
                        .run(() -> shop.database.inTransaction(tx -> run(tx, "SELECT create_event_partitions(4)"))));
    }

    @Test
    @Tag("PLT-19")
    void writersGoOnWhileAPartitionIsMade() throws Exception {
        shop.admin().sql(dropLastPartition()).update();
        CountDownLatch appended = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer = threads.submit(() -> shop.context()
                    .run(() -> shop.database.inTransaction(tx -> {
                        append(tx, Ids.next(), 1);
                        appended.countDown();
                        return await(release);
                    })));
            assertThat(appended.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(store.createPartitions()).isEqualTo(1);
            release.countDown();
            writer.get(60, TimeUnit.SECONDS);
        }
        assertThat(all()).hasSize(1);
    }

    @Test
    void aMissingPartitionIsABreach() {
        shop.admin().sql("""
                        DO $$ BEGIN
                            EXECUTE format('DROP TABLE domain_events_p%s',
                                to_char(now() AT TIME ZONE 'UTC' + interval '1 month', 'YYYY_MM'));
                        END $$
                        """).update();
        assertThat(SqlInvariant.check(shop.database, List.of()))
                .filteredOn(result -> !result.holds())
                .extracting(InvariantResult::name)
                .containsExactly("event-partitions-ahead");
    }

    private long partitions() {
        return shop.count("SELECT count(*) FROM pg_inherits WHERE inhparent = 'domain_events'::regclass");
    }

    private String dropLastPartition() {
        return "DROP TABLE "
                + shop.database.<String>asReadonly(tx -> tx.jdbc()
                        .sql("SELECT max(inhrelid::regclass::text) FROM pg_inherits"
                                + " WHERE inhparent = 'domain_events'::regclass")
                        .query(String.class)
                        .single());
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
