package org.cartulary.platform.events;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to their consumers over Kafka. An event is in safe hands when all in-sync replicas have it; each service that
 * wants it keeps it in its own database before its offset is committed. Thread-safe.
 */
public final class KafkaTransport implements EventTransport {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTransport.class);
    private static final int CONCURRENCY = 64;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int DELIVERY_MILLIS = 10_000;
    private static final Duration HEALTH = Duration.ofSeconds(2);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    /** Shorter than the notes of handled events are kept, so that an event that is read anew is recognised. */
    private static final Duration RETENTION = Duration.ofDays(14);

    private final KafkaSettings settings;
    private final MeterRegistry meters;
    private final Backoff backoff = new Backoff();
    private final List<KafkaReceiver> receivers = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable KafkaProducer<byte[], byte[]> producer;
    private volatile long notBeforeNanos = System.nanoTime();

    /** A transport that connects when it is started. */
    public KafkaTransport(KafkaSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.meters = meters;
    }

    @Override
    public synchronized void start(List<Subscription> subscriptions) {
        for (Subscription subscription : subscriptions) {
            KafkaReceiver receiver = new KafkaReceiver(settings, subscription, meters);
            receivers.add(receiver);
            receiver.start();
        }
        Thread.ofVirtual().name("kafka-connect").start(this::connect);
    }

    /** Nothing is sent before there is a topic with the partitions that we want. */
    private void connect() {
        while (!isClosing()) {
            try {
                createTopic();
                openProducer();
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                Duration pause = backoff.next();
                LOG.warn(
                        "Kafka at {} cannot be reached; events wait, trying again in {} ms: {}",
                        settings.bootstrap(),
                        pause.toMillis(),
                        reason(e));
                pause(pause);
            }
        }
    }

    private void createTopic() throws InterruptedException, ExecutionException, TimeoutException {
        NewTopic topic = new NewTopic(settings.topic(), Optional.of(settings.partitions()), Optional.empty())
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(RETENTION.toMillis())));
        try (Admin admin = admin()) {
            if (admin.listTopics()
                    .names()
                    .get(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
                    .contains(settings.topic())) {
                return;
            }
            admin.createTopics(List.of(topic)).all().get(DELIVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            // Another process was faster.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private synchronized void openProducer() {
        if (!isClosing()) {
            producer = new KafkaProducer<>(settings.client(Map.ofEntries(
                    Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap()),
                    Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "cartulary-outbox"),
                    Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                    Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                    Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                    // An event has to be acknowledged or given up well within the lease of its partition.
                    Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, CONNECT_MILLIS),
                    Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, CONNECT_MILLIS),
                    Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS),
                    Map.entry(ProducerConfig.LINGER_MS_CONFIG, 0),
                    Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000),
                    Map.entry(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false),
                    Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class),
                    Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class))));
            backoff.reset();
        }
    }

    /**
     * Each event waits for the acknowledgement of the one before it: a producer that gives up on one event goes on with those
     * behind it, which would then be in the topic first.
     */
    @Override
    public Delivery deliver(String source, List<Event> events, BooleanSupplier goOn) {
        int delivered = 0;
        while (delivered < events.size() && goOn.getAsBoolean()) {
            Throwable failure = send(source, events.get(delivered));
            if (failure != null) {
                return new Delivery(delivered, failure);
            }
            delivered++;
        }
        return new Delivery(delivered, null);
    }

    private @Nullable Throwable send(String source, Event event) {
        KafkaProducer<byte[], byte[]> current = producer;
        if (current == null || !ready()) {
            return new TransportUnavailableException("Kafka at " + settings.bootstrap() + " is not reached yet", null);
        }
        try {
            current.send(KafkaRecords.record(settings.topic(), source, event)).get();
            backoff.reset();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TransportUnavailableException("interrupted while Kafka takes an event", e);
        } catch (ExecutionException e) {
            return failure(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException | IllegalStateException e) {
            // IllegalStateException: the producer was closed meanwhile.
            return failure(e);
        }
    }

    private Throwable failure(Throwable cause) {
        if (cause instanceof RecordTooLargeException
                || cause instanceof RecordBatchTooLargeException
                || cause instanceof InvalidTopicException) {
            return cause;
        }
        synchronized (backoff) {
            if (notBeforeNanos - System.nanoTime() <= 0) {
                Duration pause = backoff.next();
                notBeforeNanos = System.nanoTime() + pause.toNanos();
                LOG.warn(
                        "Kafka at {} does not take events; they wait, trying again in {} ms: {}",
                        settings.bootstrap(),
                        pause.toMillis(),
                        reason(cause));
            }
        }
        return new TransportUnavailableException(
                "Kafka at " + settings.bootstrap() + " does not take events: " + reason(cause), cause);
    }

    @Override
    public boolean ready() {
        return producer != null && notBeforeNanos - System.nanoTime() <= 0 && !isClosing();
    }

    @Override
    public int concurrency() {
        return CONCURRENCY;
    }

    @Override
    public Optional<String> fault() {
        try (Admin admin = admin()) {
            if (!admin.listTopics()
                    .names()
                    .get(HEALTH.toMillis(), TimeUnit.MILLISECONDS)
                    .contains(settings.topic())) {
                return Optional.of("Kafka has no topic " + settings.topic());
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while asking Kafka");
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return Optional.of("Kafka at " + settings.bootstrap() + " does not answer: " + reason(e));
        }
    }

    private Admin admin() {
        return Admin.create(settings.client(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrap(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                "cartulary-admin",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                CONNECT_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                CONNECT_MILLIS,
                AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG,
                false)));
    }

    @Override
    public void close() {
        List<KafkaReceiver> running;
        KafkaProducer<byte[], byte[]> current;
        synchronized (this) {
            closing.countDown();
            running = List.copyOf(receivers);
            current = producer;
        }
        running.parallelStream().forEach(KafkaReceiver::close);
        if (current != null) {
            current.close(CLOSE);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause(Duration length) {
        try {
            if (closing.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Kafka is no longer wanted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }
}
