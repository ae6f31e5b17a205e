package org.cartulary.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartTimelineTest {

    @Test
    void timeIsCountedFromTheStartOfTheJavaMachine() {
        long before = ManagementFactory.getRuntimeMXBean().getUptime();
        Duration elapsed = new StartTimeline().elapsed();
        long after = ManagementFactory.getRuntimeMXBean().getUptime();

        // The two clocks of the machine may differ by some milliseconds, not by the second of a whole-second clock.
        assertThat(elapsed.toMillis()).isBetween(before - 900, after + 900);
    }
}
