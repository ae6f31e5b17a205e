package org.cartulary.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every invariant within and between services. Work goes on meanwhile, so records may disagree for a moment: what is
 * broken is looked at again every two seconds for up to thirty, and only what stays broken is reported. Thread-safe.
 */
final class Reconciler {

    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Map<String, Reconcilable> services;
    private final CrossCheck crossCheck;
    private final Clock clock;
    private final Consumer<Duration> pause;

    /**
     * A reconciler of these services.
     *
     * @param services by name; each checks its own records
     * @param pause waits that long
     */
    Reconciler(Map<String, Reconcilable> services, CrossCheck crossCheck, Clock clock, Consumer<Duration> pause) {
        this.services = new LinkedHashMap<>(services);
        this.crossCheck = crossCheck;
        this.clock = clock;
        this.pause = pause;
    }

    /** Checks everything; takes half a minute longer where something is broken. */
    Reconciliation reconcile() {
        Instant startedAt = clock.instant();
        Map<String, List<InvariantResult>> own = new LinkedHashMap<>();
        services.forEach((name, service) -> own.put(name, ask(name, service)));
        List<CrossCheck.Found> found = crossCheck.look();
        Duration waited = Duration.ZERO;
        while (isBroken(own, found) && waited.compareTo(LONGEST_WAIT) < 0) {
            pause.accept(BETWEEN_LOOKS);
            waited = waited.plus(BETWEEN_LOOKS);
            services.forEach((name, service) ->
                    own.computeIfPresent(name, (same, results) -> holds(results) ? results : ask(name, service)));
            if (isBroken(found)) {
                found = CrossCheck.persisting(found, crossCheck.look());
            }
        }
        List<InvariantResult> results = new ArrayList<>();
        own.values().forEach(results::addAll);
        found.stream().map(Reconciler::result).forEach(results::add);
        results.stream()
                .filter(result -> !result.holds())
                .forEach(result -> LOG.error(
                        "the invariant {} of {} is broken by {} rows, such as {}",
                        result.name(),
                        result.service(),
                        result.breaches(),
                        result.examples()));
        return new Reconciliation(startedAt, clock.instant(), holds(results), results);
    }

    /** A service that does not answer has proven nothing. */
    private static List<InvariantResult> ask(String name, Reconcilable service) {
        try {
            return service.checkInvariants();
        } catch (RuntimeException e) {
            LOG.warn("the service {} cannot check its invariants", name, e);
            return List.of(new InvariantResult(
                    name,
                    "invariants-can-be-checked",
                    "The service answers when it is asked to check its own records.",
                    1,
                    1,
                    List.of(String.valueOf(e))));
        }
    }

    private static boolean isBroken(Map<String, List<InvariantResult>> own, List<CrossCheck.Found> found) {
        return isBroken(found) || !own.values().stream().allMatch(Reconciler::holds);
    }

    private static boolean isBroken(List<CrossCheck.Found> found) {
        return found.stream().anyMatch(one -> !one.breaches().isEmpty());
    }

    private static boolean holds(List<InvariantResult> results) {
        return results.stream().allMatch(InvariantResult::holds);
    }

    private static InvariantResult result(CrossCheck.Found found) {
        return new InvariantResult(
                found.services(),
                found.name(),
                found.description(),
                found.rows(),
                found.breaches().size(),
                found.breaches().entrySet().stream()
                        .limit(InvariantResult.MAX_EXAMPLES)
                        .map(breach -> breach.getKey() + ": " + breach.getValue())
                        .toList());
    }
}
