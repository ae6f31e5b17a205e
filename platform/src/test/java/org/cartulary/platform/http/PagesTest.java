package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PLT-15")
class PagesTest {

    @Test
    void aPageHasTwentyItemsUnlessTheCallerSaysOtherwise() {
        assertThat(Pages.limit(null)).isEqualTo(20);
        assertThat(Pages.limit(1)).isEqualTo(1);
        assertThat(Pages.limit(100)).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aLimitOutOfRangeIsRefused(int limit) {
        assertThatThrownBy(() -> Pages.limit(limit)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.status().value()).isEqualTo(422);
            assertThat(problem.code()).isEqualTo("invalid-limit");
        });
    }

    @Test
    void theRowTooManyOnlyShowsThatTheListGoesOn() {
        Page<Integer> page = Pages.of(List.of(1, 2, 3), 2, row -> "after " + row);

        assertThat(page).isEqualTo(new Page<>(List.of(1, 2), new PageInfo("after 2", true)));
        assertThat(page.map(String::valueOf).items()).containsExactly("1", "2");
    }

    @Test
    void aListThatEndsHasNoNextPage() {
        assertThat(Pages.of(List.of(1, 2), 2, row -> "after " + row))
                .isEqualTo(new Page<>(List.of(1, 2), new PageInfo(null, false)));
        assertThat(Pages.of(List.of(), 2, row -> "after " + row).items()).isEmpty();
    }
}
