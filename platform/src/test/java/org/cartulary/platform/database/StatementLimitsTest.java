package org.cartulary.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PLT-01")
final class StatementLimitsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.5S", "PT1.5S", "PT24H1S"})
    void aLimitIsAWholeNumberOfSecondsUpToADay(Duration limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StatementLimits(limit, SECOND, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new StatementLimits(SECOND, limit, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new StatementLimits(SECOND, SECOND, limit));
    }

    @Test
    void theServerHasTheFirstWord() {
        assertThat(StatementLimits.silenceSeconds(SECOND)).isEqualTo(6);
    }
}
