package org.cartulary.tests.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One thing that happens. The numbers are read modulo what there is at that moment, so that any part of a sequence is a
 * sequence that can be run, too.
 *
 * @param who the buyer
 * @param what the product, or the order
 * @param howMany units, or cents, or which card
 */
record Operation(Kind kind, int who, int what, int howMany) {

    private static final int GREATEST = 1_000;

    /** That many operations of these kinds, the same for the same seed. */
    static List<Operation> random(long seed, int count, Set<Kind> kinds) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Kind> urn = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int ball = 0; ball < kind.weight() && kinds.contains(kind); ball++) {
                urn.add(kind);
            }
        }
        List<Operation> operations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            operations.add(new Operation(
                    urn.get(random.nextInt(urn.size())),
                    random.nextInt(GREATEST),
                    random.nextInt(GREATEST),
                    random.nextInt(GREATEST)));
        }
        return operations;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "(who=" + who + ", what=" + what + ", howMany=" + howMany + ")";
    }
}
