package org.cartulary.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table. Immutable.
 *
 * @param part the benchmark
 * @param name what was done
 * @param clients how many did it at once
 * @param unit what is counted, such as orders
 * @param perSecond how many of them
 * @param baseline the same of what it is compared with, {@code null} for a line that is compared with nothing
 * @param wanted what the project wants of it, {@code null} for nothing
 * @param p50 the median, in microseconds
 * @param p95 95 of 100 are not slower, in microseconds
 * @param p99 99 of 100 are not slower, in microseconds
 * @param failed how many did not work
 * @param details what else is known, by name
 */
record Measurement(
        String part,
        String name,
        int clients,
        String unit,
        double perSecond,
        @Nullable Double baseline,
        @Nullable String wanted,
        long p50,
        long p95,
        long p99,
        long failed,
        Map<String, Object> details) {

    static Measurement of(String part, String name, int clients, String unit, Load.Outcome outcome) {
        Histogram latencies = outcome.latencies();
        Map<String, Object> details = new LinkedHashMap<>();
        if (!outcome.errors().isEmpty()) {
            details.put("errors", outcome.errors());
        }
        return new Measurement(
                part,
                name,
                clients,
                unit,
                outcome.perSecond(),
                null,
                null,
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(95),
                latencies.getValueAtPercentile(99),
                outcome.failed(),
                details);
    }

    /** The same, compared with something. */
    Measurement against(@Nullable Double other, @Nullable String aim) {
        return new Measurement(part, name, clients, unit, perSecond, other, aim, p50, p95, p99, failed, details);
    }

    /** The same with one more detail. */
    Measurement with(String key, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(details);
        all.put(key, value);
        return new Measurement(part, name, clients, unit, perSecond, baseline, wanted, p50, p95, p99, failed, all);
    }

    /** The same with what it has cost, for each of what was done where that makes sense. */
    Measurement with(Usage.Cost cost) {
        double done = details.get("done") instanceof Number number ? number.doubleValue() : 0;
        Measurement all = with("cpu platform", rounded(cost.platform()))
                .with("cpu postgresql", rounded(cost.postgres()))
                .with("cpu generator", rounded(cost.generator()))
                .with("cpu others", rounded(cost.others()));
        if (done == 0) {
            return all;
        }
        return all.with("cpu ms each, platform", rounded(cost.platform() / perSecond * 1000))
                .with("cpu ms each, postgresql", rounded(cost.postgres() / perSecond * 1000))
                .with("cpu ms each, generator", rounded(cost.generator() / perSecond * 1000))
                .with("transactions each", rounded(cost.counters().transactions() / done))
                .with("writing transactions each", rounded(cost.counters().writingTransactions() / done))
                .with("wal bytes each", Math.round(cost.counters().walBytes() / done))
                .with("wal syncs each", rounded(cost.counters().walSyncs() / done));
    }

    static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
