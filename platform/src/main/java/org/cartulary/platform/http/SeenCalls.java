package org.cartulary.platform.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * The ids of the calls that were taken lately, so that none is taken twice while it is valid. Two generations, each as
 * long as a call is valid; a full generation refuses calls instead of forgetting some. Thread-safe.
 */
final class SeenCalls {

    private final Duration validity;
    private final int mostInAGeneration;
    private final InstantSource clock;
    private Set<UUID> younger = new HashSet<>();
    private Set<UUID> older = new HashSet<>();
    private Instant begun;

    SeenCalls(Duration validity, int mostInAGeneration, InstantSource clock) {
        this.validity = validity;
        this.mostInAGeneration = mostInAGeneration;
        this.clock = clock;
        begun = clock.instant();
    }

    /** Whether the call is taken: it was not seen before, and there is room to remember it. */
    synchronized boolean isNew(UUID id) {
        Instant now = clock.instant();
        if (now.isAfter(begun.plus(validity.multipliedBy(2)))) {
            younger = new HashSet<>();
        }
        if (now.isAfter(begun.plus(validity))) {
            older = younger;
            younger = new HashSet<>();
            begun = now;
        }
        return !older.contains(id) && younger.size() < mostInAGeneration && younger.add(id);
    }
}
