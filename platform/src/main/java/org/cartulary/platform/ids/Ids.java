package org.cartulary.platform.ids;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Identifiers that sort by the time they were made: UUID version 7 (RFC 9562). Thread-safe. */
public final class Ids {

    private Ids() {}

    /** A new identifier, greater than those this process made before it. */
    public static UUID next() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }
}
