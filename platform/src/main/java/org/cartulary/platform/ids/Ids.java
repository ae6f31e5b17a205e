package org.cartulary.platform.ids;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;

/** Identifiers that sort by the time they were made: UUID version 7 (RFC 9562). Thread-safe. */
public final class Ids {

    private static final int TIME_ORDERED = 7;

    private Ids() {}

    /** A new identifier, greater than those this process made before it. */
    public static UUID next() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    /** When an identifier was made, to the millisecond, by the clock of the process that made it. */
    public static Instant madeAt(UUID id) {
        if (id.version() != TIME_ORDERED) {
            throw new IllegalArgumentException("not an identifier of this kind: " + id);
        }
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> Short.SIZE);
    }
}
