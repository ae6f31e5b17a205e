package org.cartulary.platform.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EventsDbTest {

    @EventType(name = "thing.happened.v1", aggregate = "thing")
    record ThingHappened(UUID thing, int number) {}

    private final Shop shop = new Shop();
    private final EventBus bus = new EventBus(shop.json, shop.meters);
    private final Outbox outbox = new Outbox(shop.database, bus, shop.json);
    private volatile UUID poisoned = Ids.next();

    @AfterEach
    void close() {
        bus.close();
        shop.close();
    }

    /** Notes what it handles, and fails for the poisoned thing. */
    private final class Noting implements EventHandler<ThingHappened> {
        @Override
        public String consumer() {
            return "noting";
        }

        @Override
        public Class<ThingHappened> eventType() {
            return ThingHappened.class;
        }

        @Override
        public Database database() {
            return shop.database;
        }

        @Override
        public void handle(Transaction tx, ThingHappened event, Event envelope) {
            Shop.note(tx, event.thing() + ":" + event.number());
            if (event.thing().equals(poisoned)) {
                throw new IllegalArgumentException("poisoned");
            }
        }
    }

    private void append(UUID thing, int... numbers) {
        shop.context()
                .run(() -> shop.database.inTransaction(tx -> {
                    for (int number : numbers) {
                        outbox.append(tx, new ThingHappened(thing, number), thing, number, number % 11);
                    }
                    return numbers.length;
                }));
    }

    private long waiting() {
        return shop.count("SELECT count(*) FROM outbox_events");
    }

    @Test
    @Tag("PLT-09")
    void eventsOfAnAggregateArriveInOrderWhateverTheirPriority() throws InterruptedException {
        bus.host(List.of(new Noting()), List.of());
        bus.start();
        List<UUID> things = List.of(Ids.next(), Ids.next(), Ids.next());
        for (int first = 0; first < 120; first += 4) {
            for (UUID thing : things) {
                append(thing, first, first + 1, first + 2, first + 3);
            }
        }
        Shop.await(() -> waiting() == 0);
        List<String> effects = shop.effects();
        for (UUID thing : things) {
            List<String> expected = new ArrayList<>();
            for (int number = 0; number < 120; number++) {
                expected.add(thing + ":" + number);
            }
            assertThat(effects.stream().filter(effect -> effect.startsWith(thing.toString())))
                    .isEqualTo(expected);
        }
        assertThat(shop.meters.get("cartulary.outbox.published").counter().count())
                .isEqualTo(360);
    }

    @Test
    @Tag("PLT-09")
    void eventsOfManyCallersAreAppendedTogetherInTheirOrderEachWithItsTrace() throws InterruptedException {
        bus.host(List.of(new Noting()), List.of());
        UUID one = Ids.next();
        UUID other = Ids.next();
        String[] traces = {"a".repeat(32), "b".repeat(32), "c".repeat(32)};
        appendAll(List.of(
                new NewEvent(new ThingHappened(one, 1), one, 1, traces[0]),
                new NewEvent(new ThingHappened(other, 1), other, 1, 9, traces[1]),
                new NewEvent(new ThingHappened(one, 2), one, 2, traces[2])));
        appendAll(List.of());
        for (String trace : traces) {
            assertThat(shop.count("SELECT count(*) FROM domain_events d JOIN outbox_events o USING (tenant_id, id)"
                            + " WHERE d.trace_id = '" + trace + "' AND o.trace_id = d.trace_id"))
                    .isEqualTo(1);
        }
        bus.start();
        Shop.await(() -> waiting() == 0);
        assertThat(shop.effects()).hasSize(3).containsSubsequence(one + ":1", one + ":2");
    }

    @Test
    @Tag("PLT-09")
    void aStaleEventAmongManyIsNamedAndNoneIsAppended() {
        UUID stale = Ids.next();
        UUID fresh = Ids.next();
        append(stale, 5);
        assertThatExceptionOfType(StaleVersionException.class)
                .isThrownBy(() -> appendAll(List.of(
                        new NewEvent(new ThingHappened(fresh, 1), fresh, 1, "a".repeat(32)),
                        new NewEvent(new ThingHappened(stale, 5), stale, 5, "b".repeat(32)),
                        new NewEvent(new ThingHappened(fresh, 2), fresh, 2, "c".repeat(32)))))
                .withMessageContaining(stale + " to version 5");
        assertThat(waiting()).isEqualTo(1);
    }

    private void appendAll(List<NewEvent> events) {
        shop.context()
                .run(() -> shop.database.inTransaction(tx -> {
                    outbox.appendAll(tx, events);
                    return events.size();
                }));
    }

    @Test
    @Tag("PLT-09")
    void anEventOfATransactionThatRolledBackIsNeverPublished() throws InterruptedException {
        bus.host(List.of(new Noting()), List.of());
        bus.start();
        UUID lost = Ids.next();
        UUID kept = Ids.next();
        assertThatIllegalStateException()
                .isThrownBy(() -> shop.context()
                        .run(() -> shop.database.inTransaction(tx -> {
                            outbox.append(tx, new ThingHappened(lost, 1), lost, 1);
                            throw new IllegalStateException("no");
                        })));
        append(kept, 1);
        Shop.await(() -> !shop.effects().isEmpty() && waiting() == 0);
        assertThat(shop.effects()).containsExactly(kept + ":1");
    }

    @Test
    @Tag("PLT-10")
    void aDuplicateTakesEffectOnce() {
        bus.host(List.of(new Noting()), List.of());
        append(Ids.next(), 1);
        Event event = new QueueStore(shop.database, EventQueue.OUTBOX)
                .due(partitions(), 10)
                .getFirst()
                .event();
        bus.dispatch(List.of(event, event));
        bus.dispatch(List.of(event));
        assertThat(shop.effects()).hasSize(1);
        assertThat(shop.count("SELECT count(*) FROM inbox_events")).isEqualTo(1);
    }

    @Test
    @Tag("PLT-09")
    void aPoisonedAggregateHoldsUpNobodyElseAndIsReplayedInOrder() throws InterruptedException {
        bus.host(List.of(new Noting()), List.of());
        bus.start();
        append(poisoned, 1, 2);
        Shop.await(() -> shop.count("SELECT count(*) FROM outbox_events WHERE attempts > 0") == 1);
        shop.execute("UPDATE outbox_events SET attempts = 11, next_attempt_at = now() WHERE attempts > 0");
        var deadLetters = new DeadLetters(shop.database, bus);
        Shop.await(() -> !deadLetters.list(10).isEmpty());
        UUID healthy = Ids.next();
        append(healthy, 1, 2);
        Shop.await(() -> shop.effects().size() == 2);
        assertThat(shop.effects()).containsExactly(healthy + ":1", healthy + ":2");
        Shop.await(() -> shop.count("SELECT count(*) FROM outbox_events") == 2);
        assertThat(shop.count("SELECT count(*) FROM outbox_events WHERE attempts > 0"))
                .as("what waits behind a dead event is not tried")
                .isEqualTo(1);
        assertThat(deadLetters.list(10)).singleElement().satisfies(letter -> {
            assertThat(letter.waiting()).isEqualTo(1);
            assertThat(letter.error()).contains("poisoned");
        });

        UUID cured = poisoned;
        poisoned = Ids.next();
        DeadLetter letter = deadLetters.list(10).getFirst();
        assertThat(deadLetters.replay(letter.event().tenantId(), letter.event().id()))
                .isTrue();
        Shop.await(() -> waiting() == 0);
        assertThat(shop.effects()).endsWith(cured + ":1", cured + ":2");
    }

    @Test
    @Tag("PLT-09")
    void whatWaitsBehindADeadLetterIsCountedUpToABound() {
        for (EventQueue queue : EventQueue.values()) {
            shop.execute(queue.in("""
                    INSERT INTO $queue_events (tenant_id, id, partition, event_type, type_version, aggregate_type,
                                               aggregate_id, aggregate_version, data, trace_id, occurred_at, dead_at,
                                               attempts, last_error)
                    SELECT '%s', gen_random_uuid(), 1, 'thing.happened.v1', 1, 'thing', '%s', v, '{}', 'trace', now(),
                           CASE WHEN v = 1 THEN now() END, CASE WHEN v = 1 THEN 12 ELSE 0 END, 'no'
                    FROM generate_series(1, %d) AS v
                    """).formatted(shop.tenant, Ids.next(), queue == EventQueue.OUTBOX ? 1_500 : 3));
        }
        assertThat(new DeadLetters(shop.database, bus).list(10))
                .extracting(letter -> letter.queue() + " " + letter.waiting())
                .containsExactlyInAnyOrder("OUTBOX 1000", "RECEIVED 2");
    }

    @Test
    @Tag("PLT-09")
    void anEventIsForwardedUntilTheOtherProcessHasIt() throws InterruptedException {
        List<Event> arrived = new CopyOnWriteArrayList<>();
        List<Event> refused = new CopyOnWriteArrayList<>();
        bus.forwardTo(List.<RemoteEventTarget>of(events -> {
            if (refused.isEmpty()) {
                refused.addAll(events);
                throw new IllegalStateException("not now");
            }
            arrived.addAll(events);
        }));
        bus.start();
        UUID thing = Ids.next();
        append(thing, 7);
        Shop.await(() -> waiting() == 0);
        assertThat(arrived).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("thing.happened.v1");
            assertThat(event.typeVersion()).isEqualTo(1);
            assertThat(event.aggregateId()).isEqualTo(thing);
            assertThat(event.tenantId()).isEqualTo(shop.tenant);
            assertThat(event.priority()).isEqualTo(7);
            assertThat(shop.json.readValue(event.data(), ThingHappened.class)).isEqualTo(new ThingHappened(thing, 7));
        });
        assertThat(shop.json.readValue(shop.json.writeValueAsString(arrived.getFirst()), Event.class))
                .isEqualTo(arrived.getFirst());
    }

    private static List<Integer> partitions() {
        return java.util.stream.IntStream.range(0, Outbox.PARTITIONS).boxed().toList();
    }
}
