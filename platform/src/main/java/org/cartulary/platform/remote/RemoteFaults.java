package org.cartulary.platform.remote;

import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import org.cartulary.platform.http.PassingFaults;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.RestClientException;

/** Of the faults that pass: what the failure of a call says about the service that was called. */
final class RemoteFaults {

    /** The member of a problem document that names the service that is away. */
    static final String SERVICE = "service";

    private RemoteFaults() {}

    /** Whether the service itself is in trouble; a refusal, or another service in trouble behind it, is an answer. */
    static boolean isAway(Throwable fault) {
        return PassingFaults.isPassing(fault) && isOfTheServiceItself(fault);
    }

    private static boolean isOfTheServiceItself(Throwable fault) {
        return switch (fault) {
            case RestClientException e -> cause(e) != null;
            case ProblemException e ->
                e.status() == HttpStatus.SERVICE_UNAVAILABLE && !e.properties().containsKey(SERVICE);
            default -> false;
        };
    }

    /**
     * Whether it helps to try at once again: after a lost connection it does. After a timeout it does not: whoever waits has
     * waited long enough, and the service has work enough.
     */
    static boolean isWorthAnotherTry(Throwable fault) {
        if (!(fault instanceof RestClientException)) {
            return false;
        }
        IOException cause = cause(fault);
        return cause != null
                && (!(cause instanceof HttpTimeoutException) || cause instanceof HttpConnectTimeoutException);
    }

    private static @Nullable IOException cause(Throwable fault) {
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException lost) {
                return lost;
            }
        }
        return null;
    }
}
