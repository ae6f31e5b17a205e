package org.cartulary.benchmarks;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws numbers of which few are drawn often and most are drawn rarely, as buyers do with products: the one of rank k with a
 * chance proportional to 1/k^1.01. Which number has which rank is drawn, too. Immutable.
 */
final class Zipf {

    private static final double EXPONENT = 1.01;

    private final double[] upTo;
    private final List<Integer> numberOfRank;

    Zipf(int numbers, long seed) {
        upTo = new double[numbers];
        double sum = 0;
        for (int rank = 0; rank < numbers; rank++) {
            sum += Math.pow(rank + 1, -EXPONENT);
            upTo[rank] = sum;
        }
        numberOfRank = IntStream.range(0, numbers).boxed().collect(Collectors.toList());
        Collections.shuffle(numberOfRank, new Random(seed));
    }

    /** A number. */
    int next(Random random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return numberOfRank.get(Math.min(found < 0 ? -found - 1 : found, upTo.length - 1));
    }

    /** Three different numbers; one that was drawn twice is replaced by the one after it, as the bare SQL does. */
    int[] three(Random random) {
        int[] drawn = {next(random), next(random), next(random)};
        Arrays.sort(drawn);
        drawn[1] = Math.max(drawn[1], drawn[0] + 1);
        drawn[2] = Math.max(drawn[2], drawn[1] + 1);
        return drawn;
    }

    /** How many numbers have to exist: two more than are drawn from. */
    static int needed(int numbers) {
        return numbers + 2;
    }
}
