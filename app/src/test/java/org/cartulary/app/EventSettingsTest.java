package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cartulary.platform.events.KafkaSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class EventSettingsTest {

    @Test
    @Tag("PLT-14")
    void eventsStayInTheProcessUnlessKafkaIsAskedFor() {
        assertThat(EventSettings.of("in-process", null).properties()).isEmpty();
        assertThat(EventSettings.of("kafka", "a:9092,b:9092").properties())
                .containsEntry("cartulary.events.transport", "kafka")
                .containsEntry("cartulary.events.kafka.bootstrap", "a:9092,b:9092");
    }

    @Test
    @Tag("PLT-14")
    void optionsThatContradictEachOtherAreRefused() {
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> EventSettings.of("kafka", null))
                .withMessageContaining("--kafka-bootstrap=host:port");
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> EventSettings.of("in-process", "a:9092"))
                .withMessageContaining("--events=kafka");
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> EventSettings.of("kafka", "http://a"))
                .withMessageContaining("host:port");
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> EventSettings.of("kafka", "a:65536"))
                .withMessageContaining("host:port");
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> EventSettings.of("rabbit", null))
                .withMessageContaining("in-process or kafka");
    }

    @Test
    @Tag("PLT-28")
    void connectionsToKafkaAreMadeSafeByAFileOfItsOwnSettings(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("kafka.properties");
        Files.writeString(
                file, "security.protocol=SSL\nssl.truststore.location=/ca.pem\nssl.keystore.password=secret\n");
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "cartulary.events.transport",
                                "kafka",
                                "cartulary.events.kafka.bootstrap",
                                "a:9092",
                                "cartulary.events.kafka.client-config",
                                file.toString())));
        KafkaSettings kafka = EventSettings.of(environment).kafka();

        assertThat(kafka.security())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("ssl.truststore.location", "/ca.pem");
        assertThat(kafka.toString()).doesNotContain("secret");

        Files.writeString(file, "group.id=another\n");
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> EventSettings.of(environment))
                .withMessageContaining("group.id");
    }
}
