package org.cartulary.tests.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing list shorter: takes parts out, great ones first, as long as it still fails (delta debugging). */
final class Shrinking {

    private Shrinking() {}

    /**
     * A short list that still fails; the one given where nothing can be left out in this time.
     *
     * @param fails runs a part of the list and says whether it fails
     * @param limit after which no further part is tried
     */
    static <T> List<T> shortest(List<T> failing, Predicate<List<T>> fails, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        List<T> shortest = failing;
        int chunk = Math.max(1, shortest.size() / 2);
        while (System.nanoTime() < end) {
            boolean shorter = false;
            // From the end, since what comes last cannot be what the rest depends on.
            for (int to = shortest.size(); to > 0 && System.nanoTime() < end; to -= chunk) {
                List<T> part = without(shortest, Math.max(0, to - chunk), to);
                if (!part.isEmpty() && fails.test(part)) {
                    shortest = part;
                    shorter = true;
                }
            }
            if (chunk == 1 && !shorter) {
                break;
            }
            chunk = shorter ? Math.min(chunk, Math.max(1, shortest.size() / 2)) : Math.max(1, chunk / 2);
        }
        return shortest;
    }

    private static <T> List<T> without(List<T> list, int from, int to) {
        List<T> part = new ArrayList<>(list.subList(0, Math.min(from, list.size())));
        part.addAll(list.subList(Math.min(to, list.size()), list.size()));
        return part;
    }
}
