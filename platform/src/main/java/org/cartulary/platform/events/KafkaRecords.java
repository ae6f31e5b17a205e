package org.cartulary.platform.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.cartulary.platform.context.TraceIds;

/**
 * Events as records of Kafka: CloudEvents 1.0 in binary mode. The attributes are headers, the data is the value, and the key
 * is the aggregate, so that its events are in one partition, in order.
 */
final class KafkaRecords {

    private static final String TYPE = "ce_type";
    private static final String SOURCE_PREFIX = "/cartulary/";

    private KafkaRecords() {}

    static ProducerRecord<byte[], byte[]> record(String topic, String source, Event event) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                AggregateKey.of(event).toString().getBytes(UTF_8),
                event.data().getBytes(UTF_8));
        Headers headers = record.headers();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", event.id().toString());
        add(headers, "ce_source", SOURCE_PREFIX + source);
        add(headers, TYPE, event.type());
        add(headers, "ce_subject", event.aggregateType() + "/" + event.aggregateId());
        add(headers, "ce_time", event.occurredAt().toString());
        add(headers, "content-type", "application/json");
        add(headers, "ce_tenantid", event.tenantId().toString());
        add(headers, "ce_typeversion", Integer.toString(event.typeVersion()));
        add(headers, "ce_aggregateversion", Long.toString(event.aggregateVersion()));
        add(headers, "ce_priority", Integer.toString(event.priority()));
        add(headers, "ce_traceid", event.traceId());
        add(headers, "traceparent", TraceIds.toTraceParent(event.traceId()));
        return record;
    }

    /** Whether the record may be one of the events; one that does not say what it is may be any. */
    static boolean mayBeOneOf(Set<String> types, ConsumerRecord<byte[], byte[]> record) {
        Header type = record.headers().lastHeader(TYPE);
        return type == null || type.value() == null || types.contains(new String(type.value(), UTF_8));
    }

    /**
     * The event in a record. What its parts may be is for the database to say.
     *
     * @throws IllegalArgumentException if it is not one of ours
     */
    static Event event(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new IllegalArgumentException("the record has no value");
        }
        Headers headers = record.headers();
        String subject = text(headers, "ce_subject");
        int slash = subject.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("the subject is not an aggregate: " + subject);
        }
        try {
            return new Event(
                    UUID.fromString(text(headers, "ce_id")),
                    UUID.fromString(text(headers, "ce_tenantid")),
                    text(headers, TYPE),
                    Integer.parseInt(text(headers, "ce_typeversion")),
                    subject.substring(0, slash),
                    UUID.fromString(subject.substring(slash + 1)),
                    Long.parseLong(text(headers, "ce_aggregateversion")),
                    Instant.parse(text(headers, "ce_time")),
                    text(headers, "ce_traceid"),
                    Integer.parseInt(text(headers, "ce_priority")),
                    text(record.value(), "value"));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the time of the event cannot be read", e);
        }
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("the record has no header " + name);
        }
        return text(header.value(), name);
    }

    /** What is no text is not replaced by what nobody has sent. */
    private static String text(byte[] bytes, String part) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the " + part + " of the record is not UTF-8", e);
        }
    }
}
