package org.cartulary.platform.saga;

import java.io.Serial;
import java.util.UUID;

/** Another node has taken the saga over, and this one must not go on. */
final class LostLeaseException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    LostLeaseException(UUID sagaId) {
        super("the lease of the saga " + sagaId + " was lost");
    }
}
