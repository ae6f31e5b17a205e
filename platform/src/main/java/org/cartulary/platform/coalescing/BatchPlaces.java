package org.cartulary.platform.coalescing;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Places for the batches of all databases together. More batches at work than there are processors do not get more done, each
 * only takes longer; one that waits for its place takes along the calls that come meanwhile. Thread-safe.
 *
 * <p>A batch at work may wait for something else than a processor, such as a row that is locked. So no other one waits for a place
 * for long: then it goes to work without.
 */
final class BatchPlaces {

    /** Those of this process: one for each processor. A batch takes a few milliseconds, so this waits for some of them. */
    static final BatchPlaces OF_THIS_PROCESS =
            new BatchPlaces(Runtime.getRuntime().availableProcessors(), Duration.ofMillis(20));

    private final Semaphore places;
    private final Duration longestWait;

    /**
     * So many places.
     *
     * @param longestWait how long a batch waits for one before it does without
     */
    BatchPlaces(int places, Duration longestWait) {
        this.places = new Semaphore(places, true);
        this.longestWait = longestWait;
    }

    /** Runs the work in a place of its own, or, if none becomes free in time, without one. */
    void run(Runnable work) {
        boolean taken = take();
        try {
            work.run();
        } finally {
            if (taken) {
                places.release();
            }
        }
    }

    /** How many places are free. */
    int free() {
        return places.availablePermits();
    }

    /** How many wait for a place. */
    int waiting() {
        return places.getQueueLength();
    }

    private boolean take() {
        try {
            return places.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
