package org.cartulary.platform.events;

import java.io.Serial;
import org.cartulary.platform.http.PassingFault;
import org.jspecify.annotations.Nullable;

/** Whoever should take the events cannot be reached. The events are kept, and it does not count against them. */
public final class TransportUnavailableException extends RuntimeException implements PassingFault {

    @Serial
    private static final long serialVersionUID = 1L;

    /** With what stands in the way. */
    public TransportUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
