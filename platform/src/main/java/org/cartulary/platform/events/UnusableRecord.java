package org.cartulary.platform.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of a broker in which there is no event that could be kept, whole, with the reason. Immutable.
 *
 * @param topic the topic in which it is
 * @param partition the partition of the topic
 * @param offset its place in the partition
 * @param key its key in Base64
 * @param headers its headers, one a line, for people to read
 * @param value its value in Base64
 * @param reason why it cannot be used
 */
public record UnusableRecord(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        String headers,
        @Nullable String value,
        String reason) {

    static UnusableRecord of(ConsumerRecord<byte[], byte[]> record, String reason) {
        return new UnusableRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                base64(record.key()),
                Arrays.stream(record.headers().toArray())
                        .map(header -> header.key() + ": " + text(header.value()))
                        .collect(Collectors.joining("\n")),
                base64(record.value()),
                reason);
    }

    private static @Nullable String base64(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }
}
