package org.cartulary.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.KafkaSettings;
import org.cartulary.platform.events.KafkaTransport;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/**
 * How events travel between the processes of an installation; all of them have to be started alike.
 *
 * @param kafka {@code null} where processes hand events to each other over HTTP
 */
public record EventSettings(@Nullable KafkaSettings kafka) {

    private static final String TRANSPORT = "cartulary.events.transport";
    private static final String CLIENT_CONFIG = "cartulary.events.kafka.client-config";
    private static final String BOOTSTRAP = "cartulary.events.kafka.bootstrap";

    /**
     * Reads the options of the command line.
     *
     * @param transport {@code in-process} or {@code kafka}
     * @throws InstallationException if they contradict each other
     */
    public static EventSettings of(String transport, @Nullable String bootstrap) {
        return switch (transport.toLowerCase(Locale.ROOT)) {
            case "in-process" -> {
                if (bootstrap != null) {
                    throw new InstallationException(
                            "--kafka-bootstrap says where Kafka is, but events are not sent over it; add --events=kafka");
                }
                yield new EventSettings(null);
            }
            case "kafka" -> {
                if (bootstrap == null) {
                    throw new InstallationException(
                            "--events=kafka needs to know where Kafka is; add --kafka-bootstrap=host:port");
                }
                yield new EventSettings(kafkaAt(bootstrap));
            }
            default -> throw new InstallationException("--events is in-process or kafka, not \"" + transport + "\"");
        };
    }

    private static KafkaSettings kafkaAt(String bootstrap) {
        try {
            return KafkaSettings.at(bootstrap);
        } catch (IllegalArgumentException e) {
            throw new InstallationException(
                    "--kafka-bootstrap is written host:port, several separated by commas, not \"" + bootstrap + "\"",
                    e);
        }
    }

    /** How connections to Kafka are made safe stands in a file of Kafka's own client settings, with its passwords. */
    static EventSettings of(Environment environment) {
        EventSettings settings =
                of(environment.getProperty(TRANSPORT, "in-process"), environment.getProperty(BOOTSTRAP));
        String file = environment.getProperty(CLIENT_CONFIG, "");
        return settings.kafka() == null || file.isEmpty()
                ? settings
                : new EventSettings(secured(settings.kafka(), Path.of(file)));
    }

    private static KafkaSettings secured(KafkaSettings plain, Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return plain.withSecurity(properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(Function.identity(), properties::getProperty)));
        } catch (IOException | IllegalArgumentException e) {
            throw new InstallationException(
                    CLIENT_CONFIG + " names " + file + ", which cannot be used: " + e.getMessage(), e);
        }
    }

    /** The properties of a process with these settings. */
    public Map<String, String> properties() {
        return kafka == null ? Map.of() : Map.of(TRANSPORT, "kafka", BOOTSTRAP, kafka.bootstrap());
    }

    EventBus bus(JsonMapper json, MeterRegistry meters) {
        return kafka == null
                ? new EventBus(json, meters)
                : new EventBus(json, meters, new KafkaTransport(kafka, meters));
    }
}
