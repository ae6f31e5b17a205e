package org.cartulary.catalog;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.cartulary.platform.http.ProblemException;

/**
 * Lets one picture at a time be unpacked, and few wait for that, not for long: what waits has its upload in memory. Thread-safe; whoever
 * waits longest is next.
 */
final class PictureTurns {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final Duration patience;
    private final Semaphore places;
    private final Semaphore turn = new Semaphore(1, true);

    /**
     * Nobody is at work yet.
     *
     * @param waiting how many wait at most
     * @param patience for how long each of them does
     */
    PictureTurns(int waiting, Duration patience) {
        this.patience = patience;
        this.places = new Semaphore(1 + waiting);
    }

    /**
     * Does the work when it is its turn.
     *
     * @throws ProblemException 503 {@code overloaded} where too many wait already, or this has waited too long; nothing was done
     */
    <T> T take(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw overloaded("too many pictures wait already");
        }
        try {
            waitForTurn();
            try {
                return work.get();
            } finally {
                turn.release();
            }
        } finally {
            places.release();
        }
    }

    private void waitForTurn() {
        try {
            if (turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw overloaded("the picture has waited too long");
    }

    private static ProblemException overloaded(String why) {
        return ProblemException.unavailable(
                "overloaded", "there is too much to do at once: pictures: " + why, TRY_AGAIN);
    }
}
