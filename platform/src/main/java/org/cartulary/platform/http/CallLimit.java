package org.cartulary.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One policy: a bucket of calls for each caller, in the memory of this process. Of those whom there is no room for, the ones that
 * ask least are forgotten, and begin with a full bucket. Thread-safe.
 */
final class CallLimit {

    static final String POLICY = "RateLimit-Policy";
    static final String STATE = "RateLimit";

    private static final int MAX_CALLERS = 100_000;
    private static final long NANOS_IN_SECOND = 1_000_000_000L;

    private final RateLimit limit;
    private final String policy;
    private final String state;
    private final TimeMeter time;
    private final Cache<Object, Bucket> buckets;
    private final Counter refused;

    CallLimit(String name, RateLimit limit, TimeMeter time, MeterRegistry meters) {
        this.limit = limit;
        this.policy =
                "\"" + name + "\";q=" + limit.quota() + ";w=" + limit.window().toSeconds();
        this.state = "\"" + name + "\";r=";
        this.time = time;
        this.refused = Counter.builder("cartulary.http.limited")
                .description("Calls that were refused because their caller asks too often")
                .tag("policy", name)
                .register(meters);
        // A bucket that nobody has drawn from for a whole window is full, as a new one is.
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CALLERS)
                .expireAfterAccess(limit.window().multipliedBy(2))
                .build();
    }

    private Bucket bucket(Object caller) {
        return buckets.get(
                caller,
                _ -> Bucket.builder()
                        .addLimit(bandwidth ->
                                bandwidth.capacity(limit.quota()).refillGreedy(limit.quota(), limit.window()))
                        .withCustomTimePrecision(time)
                        .build());
    }

    /**
     * Counts a call, and tells its caller how many are left.
     *
     * @return the refusal, or {@code null} if the caller may go on
     */
    @Nullable ProblemException take(Object caller, HttpServletResponse response) {
        if (limit.isNone()) {
            return null;
        }
        ConsumptionProbe probe = bucket(caller).tryConsumeAndReturnRemaining(1);
        boolean taken = probe.isConsumed();
        long wait = seconds(taken ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill());
        response.addHeader(POLICY, policy);
        response.addHeader(STATE, state + probe.getRemainingTokens() + ";t=" + wait);
        return taken ? null : refusal(wait);
    }

    /** Whether the caller has none left; nothing is counted. */
    boolean isUsedUp(Object caller) {
        Bucket known = limit.isNone() ? null : buckets.getIfPresent(caller);
        return known != null && known.getAvailableTokens() <= 0;
    }

    /** Counts a call that was answered already. */
    void charge(Object caller) {
        if (!limit.isNone()) {
            bucket(caller).tryConsume(1);
        }
    }

    private ProblemException refusal(long waitSeconds) {
        refused.increment();
        return ProblemException.tooManyRequests(
                "rate-limited",
                "this is asked too often: more than " + limit.quota() + " times in "
                        + limit.window().toSeconds() + " s",
                Duration.ofSeconds(waitSeconds));
    }

    private static long seconds(long nanos) {
        return (nanos + NANOS_IN_SECOND - 1) / NANOS_IN_SECOND;
    }
}
