package org.cartulary.platform.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.cartulary.platform.events.EventReceiver.Refused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the events that one service wants from the broker and has them kept in the service's database, and only then tells
 * the broker that it has them. It never waits for a handler, so no event holds up a partition.
 *
 * <p>A rebalance, a crash or a commit that failed brings events again. Whoever reads them begins where the last commit was, so
 * the first time each event of an aggregate is kept, all before it are.
 */
final class KafkaReceiver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaReceiver.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final int MAX_RECORDS = 500;

    private final KafkaSettings settings;
    private final Subscription subscription;
    private final Backoff backoff = new Backoff();
    private final Counter received;
    private final Counter unusable;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    KafkaReceiver(KafkaSettings settings, Subscription subscription, MeterRegistry meters) {
        this.settings = settings;
        this.subscription = subscription;
        this.received = meters.counter("cartulary.kafka.received", "service", subscription.service());
        this.unusable = meters.counter("cartulary.kafka.unusable", "service", subscription.service());
        this.thread = Thread.ofPlatform()
                .name("kafka-" + subscription.service())
                .daemon()
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Returns when the consumer has left its group, or at least has tried to for some seconds. */
    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            thread.join(CLOSE.multipliedBy(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After any fault a new consumer begins where the last commit was, which is always right. */
    private void run() {
        while (!isClosing()) {
            try {
                receive();
            } catch (WakeupException e) {
                LOG.debug("the receiver of {} was woken to end", subscription.service(), e);
            } catch (KafkaException e) {
                Duration pause = backoff.next();
                // Mostly an address that cannot be resolved: what to mend is in the messages.
                LOG.warn(
                        "events for {} cannot be received; trying again in {} ms: {}",
                        subscription.service(),
                        pause.toMillis(),
                        e.getCause() == null ? e.toString() : e + " (" + e.getCause() + ")");
                pause(pause);
            } catch (RuntimeException | Error e) {
                Duration pause = backoff.next();
                LOG.warn(
                        "events for {} cannot be received; trying again in {} ms",
                        subscription.service(),
                        pause.toMillis(),
                        e);
                pause(pause);
            }
        }
    }

    private void receive() {
        KafkaConsumer<byte[], byte[]> current = new KafkaConsumer<>(configuration());
        try {
            consumer = current;
            current.subscribe(List.of(settings.topic()));
            while (!isClosing()) {
                ConsumerRecords<byte[], byte[]> records = current.poll(POLL);
                if (!records.isEmpty()) {
                    keep(records);
                    commit(current);
                    backoff.reset();
                }
            }
        } finally {
            consumer = null;
            current.close(CloseOptions.timeout(CLOSE));
        }
    }

    private void keep(ConsumerRecords<byte[], byte[]> records) {
        Map<Event, ConsumerRecord<byte[], byte[]>> wanted = new LinkedHashMap<>();
        List<UnusableRecord> unusable = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (KafkaRecords.mayBeOneOf(subscription.types(), record)) {
                try {
                    wanted.put(KafkaRecords.event(record), record);
                } catch (IllegalArgumentException e) {
                    unusable.add(UnusableRecord.of(record, e.toString()));
                }
            }
        }
        if (!wanted.isEmpty()) {
            List<Refused> refused = subscription.receiver().keep(List.copyOf(wanted.keySet()));
            received.increment(wanted.size() - refused.size());
            refused.forEach(one ->
                    unusable.add(UnusableRecord.of(Objects.requireNonNull(wanted.get(one.event())), one.reason())));
        }
        setAside(unusable);
    }

    /** A record that is not kept as an event holds up nothing: not its partition, and not the events of its aggregate. */
    private void setAside(List<UnusableRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        subscription.receiver().setAside(records);
        unusable.increment(records.size());
        records.forEach(record -> LOG.error(
                "the record {} of partition {} of {} is set aside in unusable_records of {}: {}",
                record.offset(),
                record.partition(),
                record.topic(),
                subscription.service(),
                record.reason()));
    }

    private void commit(KafkaConsumer<byte[], byte[]> current) {
        try {
            current.commitSync();
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // Another process has the partitions now, or the next commit includes this one.
            LOG.info("the events for {} may come again: {}", subscription.service(), e.toString());
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause(Duration length) {
        try {
            if (closing.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("the receiver of {} ends", subscription.service());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    private Map<String, Object> configuration() {
        return settings.client(Map.ofEntries(
                Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap()),
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, "cartulary." + subscription.service()),
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, "cartulary-" + subscription.service()),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                // A service that is new, or was away longer than its offsets are kept, must not miss an event.
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                Map.entry(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000),
                Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000),
                Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000),
                Map.entry(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000),
                Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS),
                Map.entry(
                        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                        Math.toIntExact(settings.longestPause().toMillis())),
                Map.entry(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000),
                Map.entry(
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        List.of(CooperativeStickyAssignor.class.getName())),
                Map.entry(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false),
                Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class)));
    }
}
