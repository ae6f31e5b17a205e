package org.cartulary.platform.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis server, over one connection that all share. It need not run yet: it is called when it is first asked. While it is away,
 * whoever asks is answered at once with the 503 {@code service-unavailable}. No command is ever sent twice. Thread-safe.
 */
public final class RedisServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisServer.class);
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RECONNECT_DELAY = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** What a server says that runs and cannot do its work now. */
    private static final Set<String> PASSING = Set.of(
            "LOADING",
            "READONLY",
            "MASTERDOWN",
            "BUSY",
            "OOM",
            "MISCONF",
            "NOREPLICAS",
            "NOAUTH",
            "WRONGPASS",
            "NOPERM");

    private final RedisURI address;
    private final String kept;
    private final ClientResources resources;
    private final RedisClient client;

    /** Guarded by this. */
    private @Nullable CompletableFuture<StatefulRedisConnection<String, String>> connection;

    /** When the last attempt to connect failed, by {@link System#nanoTime}. Guarded by this. */
    private long failedAt;

    private RedisServer(RedisURI address, String kept) {
        this.address = address;
        this.kept = kept;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.constant(RECONNECT_DELAY))
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(true)
                        .build())
                .build());
    }

    /**
     * The server at an address, which need not run yet.
     *
     * @param url {@code redis://:password@host:port/database}, or {@code rediss://…} for TLS; {@code ?timeout=} says how long it has for a
     *     command, else it is 2 s
     * @param use what is kept there, and which setting says where
     * @throws IllegalArgumentException if it is no such address; the message does not repeat it, since it may hold a password
     */
    public static RedisServer at(String url, RedisUse use) {
        RedisURI address;
        try {
            address = RedisURI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    use.setting() + " is postgresql or redis://:password@host:port/database");
        }
        if (address.getTimeout().equals(RedisURI.DEFAULT_TIMEOUT_DURATION)) {
            address.setTimeout(COMMAND_TIMEOUT);
        }
        return new RedisServer(address, use.kept());
    }

    /**
     * Asks the server.
     *
     * @throws ProblemException 503 {@code service-unavailable} if it does not answer; nobody knows then what it has done
     */
    public <T extends @Nullable Object> T ask(Function<RedisCommands<String, String>, T> question) {
        Database.requireNoTransaction("asking Redis");
        try {
            return question.apply(connection().sync());
        } catch (RedisException failure) {
            if (!passes(failure)) {
                throw failure;
            }
            LOG.warn("Redis at {}:{} does not answer: {}", address.getHost(), address.getPort(), failure.toString());
            throw unavailable();
        }
    }

    private static boolean passes(RedisException failure) {
        if (failure instanceof RedisLoadingException
                || failure instanceof RedisBusyException
                || failure instanceof RedisReadOnlyException) {
            return true;
        }
        String said = String.valueOf(failure.getMessage());
        return !(failure instanceof RedisCommandExecutionException)
                || PASSING.contains(said.split(" ", 2)[0])
                || PASSING.stream().anyMatch(word -> said.contains("-" + word + " "));
    }

    private StatefulRedisConnection<String, String> connection() {
        try {
            return attempt().join();
        } catch (CompletionException failure) {
            throw new RedisException("no connection: " + failure.getCause(), failure);
        }
    }

    /** Whoever comes while somebody else connects waits for the same attempt. */
    private synchronized CompletableFuture<StatefulRedisConnection<String, String>> attempt() {
        CompletableFuture<StatefulRedisConnection<String, String>> last = connection;
        if (last != null
                && (!last.isCompletedExceptionally() || System.nanoTime() - failedAt < PAUSE_AFTER_FAILURE.toNanos())) {
            return last;
        }
        CompletableFuture<StatefulRedisConnection<String, String>> next =
                client.connectAsync(StringCodec.UTF8, address).toCompletableFuture();
        connection = next.whenComplete((_, failure) -> {
            if (failure != null) {
                noteFailure();
            }
        });
        return connection;
    }

    private synchronized void noteFailure() {
        failedAt = System.nanoTime();
    }

    /** 503: what is kept here cannot be reached now. */
    public ProblemException unavailable() {
        return ProblemException.unavailable(
                "service-unavailable", "the " + kept + " cannot be reached now", RETRY_AFTER);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, CONNECT_TIMEOUT);
        resources
                .shutdown(0, CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CONNECT_TIMEOUT.toMillis());
    }
}
