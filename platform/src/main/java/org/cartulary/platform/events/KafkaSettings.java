package org.cartulary.platform.events;

import java.util.regex.Pattern;

/**
 * Where the broker is, and what of it is used.
 *
 * @param bootstrap the addresses of some brokers: {@code host:port}, separated by commas
 * @param topic the topic of all events
 * @param partitions how many partitions the topic gets if it is created; they must not change while events are in it, since
 *     the order of an aggregate's events is that of its partition
 */
public record KafkaSettings(String bootstrap, String topic, int partitions) {

    /** The topic of an installation that does not choose another name. */
    public static final String DEFAULT_TOPIC = "cartulary.events";

    private static final int DEFAULT_PARTITIONS = 16;
    private static final Pattern ADDRESSES = Pattern.compile("[^,:\\s/]+:\\d{1,5}(,[^,:\\s/]+:\\d{1,5})*");

    public KafkaSettings {
        if (!ADDRESSES.matcher(bootstrap).matches()) {
            throw new IllegalArgumentException(
                    "the addresses of Kafka are written host:port, separated by commas, not \"" + bootstrap + "\"");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic has at least one partition, not " + partitions);
        }
    }

    /** The default topic of the broker at these addresses. */
    public static KafkaSettings at(String bootstrap) {
        return new KafkaSettings(bootstrap, DEFAULT_TOPIC, DEFAULT_PARTITIONS);
    }
}
