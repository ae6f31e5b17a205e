package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("AUT-06")
class PageIdleTimeTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "30", " 1440 "})
    void aNumberOfMinutesUpToADayIsTaken(String minutes) {
        assertThat(PageIdleTime.ofMinutes(minutes)).isBetween(Duration.ofMinutes(1), Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "1441", "99999", "half an hour", "7.5"})
    void anythingElseIsRefusedWithWords(String minutes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PageIdleTime.ofMinutes(minutes))
                .withMessage("cartulary.pages.idle-minutes is a whole number from 1 to 1440, not \"" + minutes + "\"");
    }
}
