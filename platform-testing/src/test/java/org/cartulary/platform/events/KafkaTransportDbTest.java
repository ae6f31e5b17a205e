package org.cartulary.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
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
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.TestKafka;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KafkaTransportDbTest extends EventTransportContract {

    private static final int PARTITIONS = 4;

    private TestKafka broker = TestKafka.shared();
    private final String topic = "events-" + UUID.randomUUID();

    @Override
    EventBus bus(SimpleMeterRegistry meters) {
        return new EventBus(
                json, meters, new KafkaTransport(new KafkaSettings(broker.bootstrap(), topic, PARTITIONS), meters));
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
        try (var producer = new KafkaProducer<byte[], byte[]>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {1, 2, 3}))
                        .get();
            }
        }
        List<UUID> things = things(10);
        things.forEach(thing -> append(thing, 1, 1));
        awaitEffects(11);
        await(() -> node.meters.find("cartulary.kafka.unreadable").counter().count() == PARTITIONS);
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
