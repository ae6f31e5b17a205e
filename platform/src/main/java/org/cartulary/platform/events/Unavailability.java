package org.cartulary.platform.events;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.cartulary.platform.http.PassingFaults;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Of the faults that pass: tells those of whoever should take an event from those of the event, which count against it. */
final class Unavailability {

    private Unavailability() {}

    /** Whether the same event would arrive if only the other side were there. */
    static boolean isReasonFor(Throwable failure) {
        if (!PassingFaults.isPassing(failure)) {
            return false;
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean unavailable = switch (cause) {
                case TransportUnavailableException ignored -> true;
                case ProblemException problem ->
                    problem.status() == HttpStatus.SERVICE_UNAVAILABLE
                            || problem.status() == HttpStatus.TOO_MANY_REQUESTS;
                case SQLTransientConnectionException ignored -> true;
                case SQLException sql -> isConnectionLost(sql.getSQLState());
                default -> false;
            };
            if (unavailable) {
                return true;
            }
        }
        return false;
    }

    /** Connection lost, too many connections, or the server shuts down or starts. */
    private static boolean isConnectionLost(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P"));
    }
}
