package org.cartulary.platform.remote;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * A service in another process, as its callers here see it. Calls that are safe to repeat are tried again within a budget;
 * a service that keeps failing is left alone for a while (a circuit breaker) and then tried with a few calls; only so many
 * calls are under way at a time. Whatever keeps the service from answering is one problem: 503 {@code service-unavailable}
 * with {@code Retry-After} and the service's name. Thread-safe.
 */
public final class RemoteService {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteService.class);
    private static final int TRIAL_CALLS = 3;
    private static final Duration LONGEST_WAIT_FOR_A_PLACE = Duration.ofMillis(250);
    private static final Duration RETRY_SOON = Duration.ofSeconds(1);
    private static final Duration FIRST_DELAY = Duration.ofMillis(50);
    private static final Duration LONGEST_DELAY = Duration.ofMillis(500);

    private final String name;
    private final RemoteSettings settings;
    private final CircuitBreaker breaker;
    private final RetryBudget budget = new RetryBudget();
    private final RetryTemplate retries;
    private final Semaphore places;
    private final MeterRegistry meters;
    private final Counter triedAgain;

    /**
     * A service that has not been called yet.
     *
     * @param name its word, such as {@code inventory}
     */
    public RemoteService(String name, RemoteSettings settings, MeterRegistry meters) {
        this.name = name;
        this.settings = settings;
        this.meters = meters;
        breaker = breaker(name, settings);
        places = new Semaphore(settings.concurrentCalls());
        triedAgain = Counter.builder("cartulary.service.calls.repeated")
                .description("Calls to another process that were tried again")
                .tag("service", name)
                .register(meters);
        retries = new RetryTemplate(RetryPolicy.builder()
                .maxRetries(settings.retries())
                .delay(FIRST_DELAY)
                .jitter(FIRST_DELAY)
                .multiplier(3)
                .maxDelay(LONGEST_DELAY)
                .predicate(this::mayTryAgain)
                .build());
        Gauge.builder("cartulary.service.breaker.open", breaker, RemoteService::openness)
                .description(
                        "0 while calls to the service are let through, 0.5 while it is tried, 1 while it is left alone")
                .tag("service", name)
                .register(meters);
        Gauge.builder(
                        "cartulary.service.calls.active",
                        places,
                        free -> settings.concurrentCalls() - free.availablePermits())
                .description("Calls to another process that are under way")
                .tag("service", name)
                .register(meters);
    }

    private static CircuitBreaker breaker(String name, RemoteSettings settings) {
        CircuitBreaker breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(settings.breakerCalls())
                        .minimumNumberOfCalls(settings.breakerCalls())
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(settings.breakerPause())
                        .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                        .maxWaitDurationInHalfOpenState(settings.longTimeout())
                        .recordException(RemoteFaults::isAway)
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(
                        change -> LOG.warn("calls to the service {}: {}", name, change.getStateTransition()));
        return breaker;
    }

    private static double openness(CircuitBreaker breaker) {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> 0;
            case HALF_OPEN -> 0.5;
            case OPEN, FORCED_OPEN -> 1;
        };
    }

    /**
     * Makes the call.
     *
     * @throws ProblemException 503 {@code service-unavailable} if the service does not answer; what it answers otherwise is
     *     thrown unchanged
     */
    <T extends @Nullable Object> T call(boolean repeatable, Supplier<T> exchange) {
        Timer.Sample began = Timer.start(meters);
        String outcome = "unavailable";
        try {
            T answer = inAPlace(() -> repeatable ? retries.invoke(() -> guarded(exchange)) : guarded(exchange));
            outcome = "answered";
            return answer;
        } catch (CallNotPermittedException e) {
            throw unavailable("does not answer and is left alone for a moment", settings.breakerPause(), e);
        } catch (RuntimeException e) {
            if (RemoteFaults.isAway(e)) {
                throw unavailable("cannot be reached or does not answer", RETRY_SOON, e);
            }
            outcome = "refused";
            throw e;
        } finally {
            began.stop(meters.timer("cartulary.service.calls", "service", name, "outcome", outcome));
        }
    }

    private <T extends @Nullable Object> T guarded(Supplier<T> exchange) {
        return breaker.executeSupplier(exchange);
    }

    private boolean mayTryAgain(Throwable fault) {
        boolean may = RemoteFaults.isWorthAnotherTry(fault) && budget.spend();
        if (may) {
            triedAgain.increment();
        }
        return may;
    }

    private <T extends @Nullable Object> T inAPlace(Supplier<T> work) {
        budget.earn();
        try {
            if (!places.tryAcquire(LONGEST_WAIT_FOR_A_PLACE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unavailable("has as many calls to answer as it may be given at a time", RETRY_SOON, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("was not waited for", RETRY_SOON, e);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private ProblemException unavailable(String what, Duration retryAfter, @Nullable Throwable cause) {
        ProblemException problem = ProblemException.unavailable(
                        "service-unavailable", "the service " + name + " " + what, retryAfter)
                .withProperty(RemoteFaults.SERVICE, name);
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }
}
