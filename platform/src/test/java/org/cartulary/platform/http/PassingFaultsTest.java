package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.cartulary.platform.events.TransportUnavailableException;
import org.cartulary.platform.saga.UnknownOutcomeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

@Tag("PLT-12")
class PassingFaultsTest {

    static Stream<Throwable> passing() {
        return Stream.of(
                new UnknownOutcomeException("nobody knows"),
                new TransportUnavailableException("the broker is away", null),
                // Whatever a request is answered 503 for, and whatever does not count against an event.
                new SQLTransientConnectionException("no connection is free"),
                new UncategorizedSQLException("x", "select 1", new SQLException("lost", "08006")),
                new UncategorizedSQLException("x", "select 1", new SQLException("too many", "53300")),
                new UncategorizedSQLException("x", "select 1", new SQLException("Connection is closed")),
                new RestClientException("broken off", new EOFException("half an answer")),
                ProblemException.unavailable("service-unavailable", "away", Duration.ofSeconds(1)),
                ProblemException.tooManyRequests("busy", "busy", Duration.ofSeconds(1)),
                ProblemException.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal-error", "oops"),
                ProblemException.conflict("request-in-progress", "wait"),
                new ResourceAccessException("refused", new ConnectException("refused")),
                new UncheckedIOException(new ConnectException("refused")),
                new IllegalStateException("wrapped", new TimeoutException("30 s")),
                new CannotAcquireLockException("locked"),
                new QueryTimeoutException("too slow"),
                new DataAccessResourceFailureException("gone"),
                new UncategorizedSQLException("x", "select 1", new SQLException("shutting down", "57P01")),
                new UncategorizedSQLException("x", "select 1", new SQLException("serialization", "40001")));
    }

    static Stream<Throwable> lasting() {
        return Stream.of(
                ProblemException.unprocessable("unknown-provider", "no such provider"),
                ProblemException.conflict("payment-differs", "another amount"),
                ProblemException.notFound("order-not-found", "no such order"),
                new IllegalArgumentException("no"),
                new AssertionError(new ConnectException("an error is a defect, whatever its cause")),
                new RestClientException("an answer that nobody understands"),
                new IllegalStateException("no"),
                new NullPointerException("no"),
                new ClassCastException("no"),
                new DuplicateKeyException("no", new SQLException("no", "23505")),
                new DataIntegrityViolationException("no", new SQLException("no", "23514")),
                new UncategorizedSQLException("x", "select 1", new SQLException("without a state")),
                new BadSqlGrammarException("x", "selec", new SQLException("no", "42601")));
    }

    @ParameterizedTest
    @MethodSource
    void passing(Throwable fault) {
        assertThat(PassingFaults.isPassing(fault)).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void lasting(Throwable fault) {
        assertThat(PassingFaults.isPassing(fault)).isFalse();
    }
}
