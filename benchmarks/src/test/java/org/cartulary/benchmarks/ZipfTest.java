package org.cartulary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZipfTest {

    private static final int NUMBERS = 10_000;
    private static final int DRAWS = 200_000;

    @Test
    void drawsTheMostPopularTwiceAsOftenAsTheNextAndMostHardlyEver() {
        Zipf zipf = new Zipf(NUMBERS, 7);
        int[] drawn = new int[NUMBERS];
        Random random = new Random(1);
        IntStream.range(0, DRAWS).forEach(_ -> drawn[zipf.next(random)]++);
        Arrays.sort(drawn);

        double most = drawn[NUMBERS - 1];
        assertThat(most / DRAWS).isBetween(0.09, 0.12);
        assertThat(most / drawn[NUMBERS - 2]).isBetween(1.8, 2.2);
        assertThat(drawn[NUMBERS / 2]).isLessThan(DRAWS / 1_000);
    }

    @Test
    void drawsThreeDifferentNumbersInTheirOrder() {
        Zipf zipf = new Zipf(3, 7);
        Random random = new Random(1);
        IntStream.range(0, 1_000).mapToObj(_ -> zipf.three(random)).forEach(three -> {
            assertThat(three).isSorted().doesNotHaveDuplicates();
            assertThat(three[2]).isLessThan(Zipf.needed(3));
        });
    }
}
