package org.cartulary.platform.jobs;

import java.util.function.IntUnaryOperator;

/** Work of which there may be any amount, done in batches, each of which holds its locks for a short time only. */
public final class Batches {

    /** More than that are left to the next run. */
    private static final int MOST = 100;

    private Batches() {}

    /**
     * Works until a batch finds less than it may do, for a hundred batches at most.
     *
     * @param size how much a batch may do, at least 1
     * @param batch does so much at most, and says how much it has done
     * @return how much all of them have done
     */
    public static long work(int size, IntUnaryOperator batch) {
        long all = 0;
        for (int done = size, batches = 0; done >= size && batches < MOST; batches++) {
            done = batch.applyAsInt(size);
            all += done;
        }
        return all;
    }
}
