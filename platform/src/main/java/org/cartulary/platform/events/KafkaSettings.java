package org.cartulary.platform.events;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where the broker is, and what of it is used.
 *
 * @param bootstrap the addresses of some brokers: {@code host:port}, separated by commas
 * @param topic the topic of all events
 * @param partitions how many partitions the topic gets if it is created; they must not change while events are in it, since
 *     the order of an aggregate's events is that of its partition
 * @param longestPause a process that takes longer than this to keep what it was given loses its partitions to the others,
 *     which then get the same events; at least a second
 * @param security how clients encrypt and prove who they are: Kafka's own settings {@code security.*}, {@code ssl.*} and
 *     {@code sasl.*}; none for plain text
 */
public record KafkaSettings(
        String bootstrap, String topic, int partitions, Duration longestPause, Map<String, String> security) {

    /** The topic of an installation that does not choose another name. */
    public static final String DEFAULT_TOPIC = "cartulary.events";

    private static final int DEFAULT_PARTITIONS = 16;
    private static final Duration DEFAULT_PAUSE = Duration.ofMinutes(5);
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
    private static final Pattern SECURITY = Pattern.compile("(security|ssl|sasl)\\..+");
    private static final Pattern ADDRESSES = Pattern.compile("[^,:\\s/]+:\\d{1,5}(,[^,:\\s/]+:\\d{1,5})*");

    public KafkaSettings {
        if (!ADDRESSES.matcher(bootstrap).matches() || !portsExist(bootstrap)) {
            throw new IllegalArgumentException(
                    "the addresses of Kafka are written host:port, separated by commas, not \"" + bootstrap + "\"");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic has at least one partition, not " + partitions);
        }
        if (longestPause.compareTo(LEAST_PAUSE) < 0) {
            throw new IllegalArgumentException("a process may pause for at least a second, not " + longestPause);
        }
        for (String name : security.keySet()) {
            if (!SECURITY.matcher(name).matches()) {
                throw new IllegalArgumentException("only security.*, ssl.* and sasl.* can be set, not " + name);
            }
        }
        security = Map.copyOf(security);
    }

    private static boolean portsExist(String bootstrap) {
        return Arrays.stream(bootstrap.split(",", -1))
                .mapToInt(address -> Integer.parseInt(address.substring(address.indexOf(':') + 1)))
                .allMatch(port -> port >= 1 && port <= 65_535);
    }

    /** In plain text. */
    public KafkaSettings(String bootstrap, String topic, int partitions, Duration longestPause) {
        this(bootstrap, topic, partitions, longestPause, Map.of());
    }

    /** These settings with what makes connections safe. */
    public KafkaSettings withSecurity(Map<String, String> settings) {
        return new KafkaSettings(bootstrap, topic, partitions, longestPause, settings);
    }

    /** A client's own settings together with those of security. */
    Map<String, Object> client(Map<String, Object> own) {
        Map<String, Object> all = new HashMap<>(own);
        all.putAll(security);
        return all;
    }

    /** Without the values of what makes connections safe, among which are passwords. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrap=" + bootstrap + ", topic=" + topic + ", partitions=" + partitions
                + ", longestPause=" + longestPause + ", security=" + security.keySet() + "]";
    }

    /** The default topic of the broker at these addresses. */
    public static KafkaSettings at(String bootstrap) {
        return new KafkaSettings(bootstrap, DEFAULT_TOPIC, DEFAULT_PARTITIONS, DEFAULT_PAUSE);
    }
}
