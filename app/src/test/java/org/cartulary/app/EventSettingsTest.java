package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
}
