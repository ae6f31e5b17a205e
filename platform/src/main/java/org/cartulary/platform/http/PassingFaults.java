package org.cartulary.platform.http;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

/**
 * Tells faults that pass by themselves, such as a lost connection, from those that no repetition mends, such as a call that
 * another service finds invalid or a defect of a step. Whoever decides whether work is tried again asks here; who wants to know
 * more, such as whether it is the other side that is away, chooses among the faults that pass.
 */
public final class PassingFaults {

    /** The caller has to wait, though it is 4xx: time-out, too early, too many requests. */
    private static final Set<Integer> WAIT = Set.of(408, 425, 429);

    /** Classes of SQL states: connection, conflict with another transaction, resources, object in use, operator, system. */
    private static final Set<String> PASSING_STATES = Set.of("08", "40", "53", "55", "57", "58");

    /** What HikariCP says, without a state, of a connection that it has closed because PostgreSQL was gone. */
    private static final String CLOSED_BY_THE_POOL = "Connection is closed";

    private PassingFaults() {}

    /** Whether the fault, or what it was caused by, passes by itself. An {@link Error} does not, whatever its cause. */
    public static boolean isPassing(Throwable fault) {
        if (fault instanceof Error) {
            return false;
        }
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return isPassing(problem);
            }
            if (passes(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPassing(ProblemException problem) {
        return problem.status().is5xxServerError()
                || WAIT.contains(problem.status().value())
                // The same request is being worked on, and will have been.
                || problem.code().equals("request-in-progress");
    }

    private static boolean passes(Throwable fault) {
        return switch (fault) {
            case PassingFault _ -> true;
            case TransientDataAccessException _ -> true;
            case RecoverableDataAccessException _ -> true;
            case DataAccessResourceFailureException _ -> true;
            case ResourceAccessException _ -> true;
            case HttpServerErrorException _ -> true;
            case IOException _ -> true;
            case TimeoutException _ -> true;
            case InterruptedException _ -> true;
            case CancellationException _ -> true;
            case RejectedExecutionException _ -> true;
            case SQLTransientException _ -> true;
            case SQLRecoverableException _ -> true;
            case SQLException refused -> passes(refused);
            default -> false;
        };
    }

    private static boolean passes(SQLException refused) {
        String state = refused.getSQLState();
        if (state == null) {
            return CLOSED_BY_THE_POOL.equals(refused.getMessage());
        }
        return state.length() == 5 && PASSING_STATES.contains(state.substring(0, 2));
    }
}
