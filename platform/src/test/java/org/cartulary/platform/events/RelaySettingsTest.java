package org.cartulary.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelaySettingsTest {

    private static final RelaySettings SETTINGS = new RelaySettings(
            Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofMillis(200));

    @Test
    void theMoreEventsThereWereTheLongerTheNextOnesGather() {
        assertThat(SETTINGS.gatheringAfter(1)).isEqualTo(Duration.ofMillis(20));
        assertThat(SETTINGS.gatheringAfter(7)).isEqualTo(Duration.ofMillis(140));
    }

    @Test
    void noEventsGatherForLongerThanTheLimit() {
        assertThat(SETTINGS.gatheringAfter(11)).isEqualTo(Duration.ofMillis(200));
        assertThat(SETTINGS.gatheringAfter(200)).isEqualTo(Duration.ofMillis(200));
    }
}
