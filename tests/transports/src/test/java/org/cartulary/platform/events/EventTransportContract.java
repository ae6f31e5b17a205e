package org.cartulary.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The promises of a transport: each event takes effect exactly once, those of an aggregate in order, whatever is repeated,
 * stopped or started in between, and one that cannot take effect holds up its own aggregate only.
 */
abstract class EventTransportContract {

    @EventType(name = "thing.moved.v1", aggregate = "thing")
    record ThingMoved(UUID thing, int number) {}

    final JsonMapper json = JsonMapper.builder().build();
    final UUID tenant = Ids.next();
    final TestDatabase producing = TestDatabase.create("example");
    final TestDatabase consuming = TestDatabase.create("consumer");
    final Set<UUID> poisoned = ConcurrentHashMap.newKeySet();
    private final List<Node> nodes = new ArrayList<>();
    private final Node writer = new Node(false);
    private final Outbox outbox = new Outbox(producing.database(), writer.bus, json);

    /** A bus with the transport, none of which is started. */
    abstract EventBus bus(SimpleMeterRegistry meters);

    /** A process that hosts both services, or one that only writes. */
    final class Node implements AutoCloseable {
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        final EventBus bus;
        final Databases consumerDatabases = new Databases(consuming.settings(), meters);
        final Databases producerDatabases = new Databases(producing.settings(), meters);

        Node(boolean delivers) {
            bus = delivers ? bus(meters) : new EventBus(json, meters);
            if (delivers) {
                new Outbox(producerDatabases.open("example"), bus, json);
                bus.host(List.of(new Moving(consumerDatabases.open("consumer"))), List.of());
            }
        }

        Node start() {
            nodes.add(this);
            bus.start();
            return this;
        }

        double took() {
            return meters.getMeters().stream()
                    .filter(meter -> meter.getId().getName().endsWith(".published"))
                    .mapToDouble(meter -> meter.measure().iterator().next().getValue())
                    .sum();
        }

        @Override
        public void close() {
            bus.close();
            consumerDatabases.close();
            producerDatabases.close();
        }
    }

    /** Notes what takes effect. */
    private final class Moving implements EventHandler<ThingMoved> {
        private final Database database;

        Moving(Database database) {
            this.database = database;
        }

        @Override
        public String consumer() {
            return "moving";
        }

        @Override
        public Class<ThingMoved> eventType() {
            return ThingMoved.class;
        }

        @Override
        public Database database() {
            return database;
        }

        @Override
        public void handle(Transaction tx, ThingMoved event, Event envelope) {
            tx.jdbc()
                    .sql("INSERT INTO effects (tenant_id, text) VALUES (?, ?)")
                    .params(RequestContext.currentTenant(), event.thing() + ":" + event.number())
                    .update();
            if (poisoned.contains(event.thing())) {
                throw new IllegalArgumentException("poisoned");
            }
        }
    }

    final void leave(Node node) {
        nodes.remove(node);
        node.close();
    }

    final void closeNodes() {
        nodes.forEach(Node::close);
        nodes.clear();
    }

    @AfterEach
    void close() {
        closeNodes();
        writer.close();
        producing.close();
        consuming.close();
    }

    final void append(UUID thing, int from, int to) {
        RequestContext.ofSystem(tenant)
                .run(() -> producing.database().inTransaction(tx -> {
                    IntStream.rangeClosed(from, to)
                            .forEach(number -> outbox.append(tx, new ThingMoved(thing, number), thing, number));
                    return thing;
                }));
    }

    final List<UUID> things(int number) {
        return IntStream.range(0, number).mapToObj(i -> Ids.next()).toList();
    }

    /** The numbers that took effect, in their order, by thing. */
    final Map<UUID, List<Integer>> effects() {
        return consuming.admin().sql("SELECT text FROM effects ORDER BY id").query(String.class).list().stream()
                .collect(Collectors.groupingBy(
                        text -> UUID.fromString(text.substring(0, 36)),
                        Collectors.mapping(text -> Integer.valueOf(text.substring(37)), Collectors.toList())));
    }

    final void assertEachOnceInOrder(List<UUID> things, int last) {
        Map<UUID, List<Integer>> effects = effects();
        assertThat(effects).containsOnlyKeys(things);
        List<Integer> expected = IntStream.rangeClosed(1, last).boxed().toList();
        things.forEach(thing -> assertThat(effects.get(thing)).isEqualTo(expected));
    }

    final long count(TestDatabase database, String sql) {
        return database.admin().sql(sql).query(Long.class).single();
    }

    /** What is on its way. */
    final long waiting() {
        return count(producing, "SELECT count(*) FROM outbox_events")
                + count(consuming, "SELECT count(*) FROM received_events");
    }

    final void awaitEffects(long number) throws InterruptedException {
        await(() -> count(consuming, "SELECT count(*) FROM effects") >= number && waiting() == 0);
    }

    /** Waits until the condition holds, at most 90 s. */
    final void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come about within 90 s; " + waiting() + " events wait, "
                        + effects().values().stream().mapToInt(List::size).sum() + " took effect");
            }
            Thread.sleep(50);
        }
    }

    @Test
    @Tag("PLT-14")
    void eventsOfAnAggregateTakeEffectInOrder() throws InterruptedException {
        new Node(true).start();
        List<UUID> things = things(30);
        for (int number = 1; number <= 20; number += 4) {
            for (UUID thing : things) {
                append(thing, number, number + 3);
            }
        }
        awaitEffects(600);
        assertEachOnceInOrder(things, 20);
    }

    @Test
    @Tag("PLT-14")
    @Tag("PLT-10")
    void anEventThatIsSentAgainTakesEffectOnce() throws InterruptedException {
        List<UUID> things = things(20);
        things.forEach(thing -> append(thing, 1, 3));
        producing
                .admin()
                .sql("CREATE TABLE sent AS SELECT * FROM outbox_events")
                .update();
        new Node(true).start();
        awaitEffects(60);
        for (int time = 0; time < 2; time++) {
            producing.admin().sql("""
                    INSERT INTO outbox_events (id, tenant_id, partition, priority, event_type, type_version,
                                               aggregate_type, aggregate_id, aggregate_version, data, trace_id)
                    SELECT id, tenant_id, partition, priority, event_type, type_version,
                           aggregate_type, aggregate_id, aggregate_version, data, trace_id
                    FROM sent ORDER BY position
                    """).update();
            await(() -> waiting() == 0);
        }
        UUID last = Ids.next();
        append(last, 1, 3);
        awaitEffects(63);
        assertThat(effects().remove(last)).containsExactly(1, 2, 3);
        assertThat(count(consuming, "SELECT count(*) FROM effects")).isEqualTo(63);
    }

    @Test
    @Tag("PLT-14")
    @Tag("PLT-09")
    void aPoisonedAggregateWaitsAloneAndIsReplayedInOrder() throws InterruptedException {
        Node node = new Node(true).start();
        UUID sick = Ids.next();
        poisoned.add(sick);
        append(sick, 1, 3);
        DeadLetter letter = awaitDeadLetter(node);
        assertThat(letter.key()).isEqualTo(new AggregateKey(tenant, "thing", sick));
        assertThat(letter.waiting()).isEqualTo(2);
        assertThat(letter.error()).contains("poisoned");
        List<UUID> healthy = things(5);
        healthy.forEach(thing -> append(thing, 1, 2));
        await(() -> count(consuming, "SELECT count(*) FROM effects") == 10);
        assertEachOnceInOrder(healthy, 2);

        poisoned.clear();
        assertThat(deadLetters(node, letter).replay(letter.key())).isEqualTo(1);
        awaitEffects(13);
        assertThat(effects().get(sick)).containsExactly(1, 2, 3);
        assertThat(deadLetters(node, letter).replay(letter.key())).isZero();
    }

    @Test
    @Tag("PLT-14")
    @Tag("PLT-09")
    void whenADeadEventIsDiscardedThoseBehindItGoOn() throws InterruptedException {
        Node node = new Node(true).start();
        UUID sick = Ids.next();
        poisoned.add(sick);
        append(sick, 1, 3);
        DeadLetter letter = awaitDeadLetter(node);
        poisoned.clear();
        DeadLetters letters = deadLetters(node, letter);
        assertThat(letters.list(10, letter.place())).isEmpty();
        assertThat(letters.discard(tenant, letter.event().id())).contains(letter.event());
        assertThat(letters.discard(tenant, letter.event().id())).isEmpty();
        awaitEffects(2);
        assertThat(effects().get(sick)).containsExactly(2, 3);
    }

    final DeadLetters deadLetters(Node node, DeadLetter letter) {
        return letter.queue() == EventQueue.OUTBOX
                ? new DeadLetters(node.producerDatabases.open("example"), node.bus)
                : new DeadLetters(node.consumerDatabases.open("consumer"), node.bus);
    }

    /** Has the event that fails fail for the last time, instead of waiting for half an hour. */
    final DeadLetter awaitDeadLetter(Node node) throws InterruptedException {
        String hurry = "_events SET attempts = 11, next_attempt_at = now() WHERE attempts BETWEEN 1 AND 11";
        List<DeadLetter> dead = new ArrayList<>();
        await(() -> {
            producing.admin().sql("UPDATE outbox" + hurry).update();
            consuming.admin().sql("UPDATE received" + hurry).update();
            dead.addAll(new DeadLetters(node.producerDatabases.open("example"), node.bus).list(10));
            dead.addAll(new DeadLetters(node.consumerDatabases.open("consumer"), node.bus).list(10));
            return !dead.isEmpty();
        });
        return dead.getFirst();
    }

    @Test
    @Tag("PLT-14")
    void twoNodesShareTheWork() throws InterruptedException {
        Node first = new Node(true).start();
        await(() -> leaseHolders() == 1);
        Node second = new Node(true).start();
        await(() -> leaseHolders() == 2);
        List<UUID> things = things(60);
        for (int number = 1; number <= 9; number += 3) {
            for (UUID thing : things) {
                append(thing, number, number + 2);
            }
        }
        awaitEffects(540);
        assertEachOnceInOrder(things, 9);
        assertThat(first.took()).isPositive();
        assertThat(second.took()).isPositive();
    }

    private long leaseHolders() {
        return count(producing, "SELECT count(DISTINCT lease_owner) FROM outbox_partitions");
    }

    @Test
    @Tag("PLT-14")
    void nothingIsLostOrRepeatedWhenNodesComeAndGo() throws InterruptedException {
        List<UUID> things = things(20);
        int last = 0;
        for (int round = 0; round < 3; round++) {
            Node node = new Node(true).start();
            long some = count(consuming, "SELECT count(*) FROM effects") + 10;
            for (UUID thing : things) {
                append(thing, last + 1, last + 5);
            }
            last += 5;
            await(() -> count(consuming, "SELECT count(*) FROM effects") >= some);
            leave(node);
        }
        new Node(true).start();
        awaitEffects(20L * last);
        assertEachOnceInOrder(things, last);
    }
}
