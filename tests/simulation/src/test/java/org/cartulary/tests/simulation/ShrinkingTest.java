package org.cartulary.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is left is what matters. */
final class ShrinkingTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void onlyWhatMattersIsLeft() {
        List<Integer> all = IntStream.range(0, 500).boxed().toList();

        assertThat(Shrinking.shortest(all, part -> part.containsAll(List.of(7, 250, 499)), LIMIT))
                .containsExactly(7, 250, 499);
        assertThat(Shrinking.shortest(all, part -> part.contains(0), LIMIT)).containsExactly(0);
    }

    @Test
    void whatCannotBeShortenedStaysAsItIs() {
        List<Integer> all = List.of(1, 2, 3);

        assertThat(Shrinking.shortest(all, part -> false, LIMIT)).isEqualTo(all);
        assertThat(Shrinking.shortest(all, part -> part.size() == 3, LIMIT)).isEqualTo(all);
    }
}
