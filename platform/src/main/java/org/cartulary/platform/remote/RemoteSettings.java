package org.cartulary.platform.remote;

import java.time.Duration;
import java.util.Objects;

/**
 * What a process decides about its calls to others.
 *
 * @param connectTimeout how long a connection may take to come about
 * @param readTimeout how long a short call may take
 * @param providerTimeout how long a call may take during which a provider is asked
 * @param longTimeout how long a call may take that reads whole tables
 * @param retries how often a call that is safe to repeat is tried again
 * @param concurrentCalls how many calls to one service may be under way at a time
 * @param breakerCalls of how many latest calls half have to fail for the service to count as away
 * @param breakerPause how long a service that is away is left alone
 */
public record RemoteSettings(
        Duration connectTimeout,
        Duration readTimeout,
        Duration providerTimeout,
        Duration longTimeout,
        int retries,
        int concurrentCalls,
        int breakerCalls,
        Duration breakerPause) {

    public RemoteSettings {
        requirePositive("connect timeout", connectTimeout);
        requirePositive("read timeout", readTimeout);
        requirePositive("provider timeout", providerTimeout);
        requirePositive("long timeout", longTimeout);
        requirePositive("breaker's pause", breakerPause);
        if (retries < 0 || concurrentCalls < 1 || breakerCalls < 1) {
            throw new IllegalArgumentException("retries are 0 or more, concurrent calls and breaker calls 1 or more");
        }
    }

    private static void requirePositive(String name, Duration duration) {
        if (!Objects.requireNonNull(duration).isPositive()) {
            throw new IllegalArgumentException("the " + name + " is longer than nothing, not " + duration);
        }
    }

    /** What serves most installations. */
    public static RemoteSettings defaults() {
        return new RemoteSettings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                2,
                64,
                10,
                Duration.ofSeconds(5));
    }

    /** How long a call of this length may take. */
    public Duration timeout(CallLength length) {
        return switch (length) {
            case SHORT -> readTimeout;
            case PROVIDER -> providerTimeout;
            case LONG -> longTimeout;
        };
    }
}
