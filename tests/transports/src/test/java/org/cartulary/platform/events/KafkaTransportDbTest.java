package org.cartulary.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.TestKafka;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KafkaTransportDbTest extends EventTransportContract {

    private static final int PARTITIONS = 4;

    private TestKafka broker = TestKafka.shared();
    private final String topic = "events-" + UUID.randomUUID();
    private Duration longestPause = Duration.ofMinutes(5);
    private UnaryOperator<EventTransport> wrapping = UnaryOperator.identity();

    @Override
    EventBus bus(SimpleMeterRegistry meters) {
        KafkaSettings settings = new KafkaSettings(broker.bootstrap(), topic, PARTITIONS, longestPause);
        return new EventBus(json, meters, wrapping.apply(new KafkaTransport(settings, meters)));
    }

    /** Receives as the transport does, but keeps nothing while its gate is shut. */
    private record Drowsy(EventTransport transport, AtomicReference<CountDownLatch> gate, CountDownLatch asleep)
            implements EventTransport {

        @Override
        public void start(List<Subscription> subscriptions) {
            transport.start(subscriptions.stream()
                    .map(one -> new Subscription(one.service(), one.types(), new Gated(one.receiver())))
                    .toList());
        }

        private final class Gated implements EventReceiver {
            private final EventReceiver receiver;

            Gated(EventReceiver receiver) {
                this.receiver = receiver;
            }

            @Override
            public List<Refused> keep(List<Event> events) {
                awaitGate();
                return receiver.keep(events);
            }

            @Override
            public void setAside(List<UnusableRecord> records) {
                receiver.setAside(records);
            }
        }

        private void awaitGate() {
            CountDownLatch current = gate.get();
            if (current.getCount() > 0) {
                asleep.countDown();
            }
            try {
                current.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Delivery deliver(String source, List<Event> events, BooleanSupplier goOn) {
            return transport.deliver(source, events, goOn);
        }

        @Override
        public boolean ready() {
            return transport.ready();
        }

        @Override
        public int concurrency() {
            return transport.concurrency();
        }

        @Override
        public Optional<String> fault() {
            return transport.fault();
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    private static double received(Node node) {
        return node.meters.find("cartulary.kafka.received").counter().count();
    }

    @Test
    @Tag("PLT-14")
    void theBrokerIsToldOfAnEventOnlyWhenItIsKept() throws InterruptedException {
        Node node = new Node(true).start();
        List<UUID> things = things(10);
        things.forEach(thing -> append(thing, 1, 1));
        awaitEffects(10);
        consuming.admin().sql("CREATE SEQUENCE tries").update();
        consuming.admin().sql("GRANT USAGE ON SEQUENCE tries TO PUBLIC").update();
        consuming.admin().sql("""
                CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM nextval('tries');
                    RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full';
                END;
                $$
                """).update();
        consuming
                .admin()
                .sql("CREATE TRIGGER disk_full BEFORE INSERT ON received_events EXECUTE FUNCTION disk_full()")
                .update();
        things.forEach(thing -> append(thing, 2, 3));
        await(() -> count(producing, "SELECT count(*) FROM outbox_events") == 0
                && count(consuming, "SELECT last_value FROM tries") >= 2);
        consuming.admin().sql("DROP TRIGGER disk_full ON received_events").update();
        awaitEffects(30);
        assertEachOnceInOrder(things, 3);
        assertThat(received(node)).isEqualTo(30);
    }

    @Test
    @Tag("PLT-14")
    void aProcessThatPausesTooLongLosesItsPartitionsAndDoesNoHarmWhenItWakesUp() throws InterruptedException {
        var gate = new AtomicReference<>(new CountDownLatch(0));
        CountDownLatch asleep = new CountDownLatch(1);
        longestPause = Duration.ofSeconds(3);
        wrapping = transport -> new Drowsy(transport, gate, asleep);
        Node sleeper = new Node(true).start();
        wrapping = UnaryOperator.identity();
        List<UUID> things = things(20);
        try {
            things.forEach(thing -> append(thing, 1, 1));
            awaitEffects(20);
            gate.set(new CountDownLatch(1));
            things.forEach(thing -> append(thing, 2, 4));
            asleep.await();

            Node other = new Node(true).start();
            awaitEffects(80);
            things.forEach(thing -> append(thing, 5, 6));
            awaitEffects(120);
            assertThat(received(sleeper)).isEqualTo(20);
            assertThat(received(other)).isGreaterThanOrEqualTo(100);
        } finally {
            gate.get().countDown();
        }
        await(() -> received(sleeper) > 20);
        things.forEach(thing -> append(thing, 7, 9));
        awaitEffects(180);
        assertEachOnceInOrder(things, 9);
    }

    @Test
    @Tag("PLT-14")
    void nothingIsLostOrRepeatedWhilePartitionsChangeHandsUnderLoad() throws Exception {
        List<UUID> things = things(20);
        AtomicBoolean enough = new AtomicBoolean();
        Node first = new Node(true).start();
        try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
            Future<Integer> written = writer.submit(() -> {
                int last = 0;
                while (!enough.get()) {
                    for (UUID thing : things) {
                        append(thing, last + 1, last + 2);
                    }
                    last += 2;
                }
                return last;
            });
            try {
                await(() -> received(first) > 0);
                Node second = new Node(true).start();
                await(() -> received(second) > 0);
                leave(first);
                Node third = new Node(true).start();
                await(() -> received(third) > 0);
                leave(second);
            } finally {
                enough.set(true);
            }
            int last = written.get();
            awaitEffects(20L * last);
            assertEachOnceInOrder(things, last);
        }
    }

    @Test
    @Tag("PLT-14")
    void eachEventTakesEffectOnceThoughTheBrokerIsKilledUnderLoad() throws InterruptedException {
        broker = TestKafka.create();
        try {
            Node node = new Node(true).start();
            List<UUID> things = things(40);
            int last = 0;
            for (int kill = 0; kill < 3; kill++) {
                for (int burst = 0; burst < 5; burst++) {
                    for (UUID thing : things) {
                        append(thing, last + 1, last + 2);
                    }
                    last += 2;
                    if (burst == 2) {
                        broker.kill();
                    }
                }
                broker.start();
            }
            awaitEffects(40L * last);
            assertEachOnceInOrder(things, last);
            assertThat(node.bus.fault()).isEmpty();
            assertThat(node.meters.find("cartulary.outbox.failed").counter().count())
                    .isZero();
        } finally {
            closeNodes();
            broker.close();
        }
    }

    @Test
    @Tag("PLT-14")
    void eventsWaitForABrokerThatIsNotThereAndItDoesNotCountAgainstThem() throws InterruptedException {
        broker = TestKafka.prepare();
        try {
            Node node = new Node(true).start();
            List<UUID> things = things(10);
            things.forEach(thing -> append(thing, 1, 2));
            assertThat(node.bus.fault()).get().asString().contains(broker.bootstrap());
            assertThat(waiting()).isEqualTo(20);
            broker.start();
            awaitEffects(20);
            assertEachOnceInOrder(things, 2);

            broker.kill();
            things.forEach(thing -> append(thing, 3, 4));
            await(() -> node.meters.find("cartulary.outbox.postponed").counter().count() > 0);
            assertThat(count(producing, "SELECT count(*) FROM outbox_events WHERE attempts = 0 AND dead_at IS NULL"))
                    .isEqualTo(20);
            assertThat(node.bus.fault()).isPresent();
            broker.start();
            awaitEffects(40);
            assertEachOnceInOrder(things, 4);
            assertThat(node.bus.fault()).isEmpty();
        } finally {
            closeNodes();
            broker.close();
        }
    }

    @Test
    @Tag("PLT-14")
    @Tag("PLT-10")
    void aTopicThatIsReadAgainFromItsBeginningHasNoFurtherEffect() throws Exception {
        Node node = new Node(true).start();
        List<UUID> things = things(15);
        things.forEach(thing -> append(thing, 1, 4));
        awaitEffects(60);
        closeNodes();
        rewind();

        Node again = new Node(true).start();
        things.forEach(thing -> append(thing, 5, 5));
        awaitEffects(75);
        await(() -> again.meters.find("cartulary.kafka.received").counter().count() >= 75);
        await(() -> waiting() == 0);
        assertEachOnceInOrder(things, 5);
        assertThat(node.took()).isPositive();
    }

    @Test
    @Tag("PLT-14")
    void aRecordThatIsNoEventHoldsUpNothing() throws Exception {
        Node node = new Node(true).start();
        UUID before = Ids.next();
        append(before, 1, 1);
        awaitEffects(1);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            send(new ProducerRecord<>(topic, partition, null, new byte[] {1, 2, 3}));
        }
        List<UUID> things = things(10);
        things.forEach(thing -> append(thing, 1, 1));
        awaitEffects(11);
        await(() -> node.meters.find("cartulary.kafka.unusable").counter().count() == PARTITIONS);
        assertThat(setAside())
                .hasSize(PARTITIONS)
                .allMatch(one -> one.startsWith("010203 ") && one.contains("ce_subject"));
    }

    @Test
    @Tag("PLT-14")
    void anEventThatCannotBeKeptIsSetAsideWholeAndHoldsUpNothing() throws Exception {
        Node node = new Node(true).start();
        List<UUID> things = things(10);
        things.forEach(thing -> append(thing, 1, 1));
        awaitEffects(10);
        UUID thing = things.getFirst();
        List<Event> unusable = List.of(
                event(thing, 5, "thing", "{\"number\": "),
                event(thing, 5, "thing", "{\"number\": \"\\u0000\"}"),
                event(thing, 11, "thing", "{}"),
                event(thing, 70_000, "thing", "{}"),
                event(
                        thing,
                        5,
                        new Random(7)
                                .ints(20_000, 'a', 'z' + 1)
                                .mapToObj(Character::toString)
                                .collect(Collectors.joining()),
                        "{}"));
        for (int number = 0; number < unusable.size(); number++) {
            send(KafkaRecords.record(topic, "example", unusable.get(number)));
            int next = number + 2;
            things.forEach(one -> append(one, next, next));
        }
        ProducerRecord<byte[], byte[]> noText = KafkaRecords.record(topic, "example", event(thing, 5, "thing", "{}"));
        send(new ProducerRecord<>(topic, null, noText.key(), new byte[] {(byte) 0xFF, '{', '}'}, noText.headers()));

        await(() -> node.meters.find("cartulary.kafka.unusable").counter().count() == unusable.size() + 1);
        awaitEffects(60);
        assertEachOnceInOrder(things, 6);
        assertThat(setAside()).hasSize(unusable.size() + 1).anyMatch(one -> one.startsWith("ff7b7d "));
        closeNodes();
        rewind();
        Node again = new Node(true).start();
        await(() -> again.meters.find("cartulary.kafka.unusable").counter().count() == unusable.size() + 1);
        assertThat(setAside()).hasSize(unusable.size() + 1);
    }

    @Test
    @Tag("PLT-14")
    @Tag("PLT-09")
    void anEventThatWasDiscardedStaysAwayThoughTheTopicIsReadAgain() throws Exception {
        Node node = new Node(true).start();
        UUID sick = Ids.next();
        poisoned.add(sick);
        append(sick, 1, 2);
        DeadLetter letter = awaitDeadLetter(node);
        poisoned.clear();
        assertThat(deadLetters(node, letter).discard(tenant, letter.event().id()))
                .isPresent();
        awaitEffects(1);
        closeNodes();
        rewind();

        Node again = new Node(true).start();
        await(() -> again.meters.find("cartulary.kafka.received").counter().count() >= 2);
        append(sick, 3, 3);
        awaitEffects(2);
        assertThat(effects().get(sick)).containsExactly(2, 3);
    }

    private Event event(UUID thing, int priority, String aggregateType, String data) {
        return new Event(
                Ids.next(),
                tenant,
                "thing.moved.v1",
                1,
                aggregateType,
                thing,
                9,
                Instant.now(),
                TraceIds.next(),
                priority,
                data);
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<byte[], byte[]>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    private List<String> setAside() {
        return consuming
                .admin()
                .sql("SELECT concat_ws(' ', encode(value, 'hex'), reason) FROM unusable_records")
                .query(String.class)
                .list();
    }

    private void rewind() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()))) {
            admin.alterConsumerGroupOffsets(
                            "cartulary.consumer",
                            IntStream.range(0, PARTITIONS)
                                    .boxed()
                                    .collect(Collectors.toMap(
                                            partition -> new TopicPartition(topic, partition),
                                            partition -> new OffsetAndMetadata(0))))
                    .all()
                    .get();
        }
    }
}
