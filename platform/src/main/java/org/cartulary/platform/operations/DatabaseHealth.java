package org.cartulary.platform.operations;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the database of a service is, as its own functions tell ({@code check_database_health} and others).
 *
 * @param service whose database
 * @param status of the worst check
 * @param tables the largest, at most {@value #MAX_ROWS}
 * @param indexes the largest, at most {@value #MAX_ROWS}
 */
public record DatabaseHealth(
        String service,
        Status status,
        List<Check> checks,
        List<CacheHits> cacheHits,
        List<TableStatistics> tables,
        List<IndexUsage> indexes) {

    /** How many tables, and how many indexes, are told of. */
    static final int MAX_ROWS = 20;

    /** How something is. */
    public enum Status {
        /** It needs nobody. */
        OK,
        /** It will need somebody. */
        WARNING,
        /** It needs somebody now. */
        CRITICAL
    }

    /**
     * A check.
     *
     * @param value what was measured, per cent or a count; {@code null} where there is too little to measure
     * @param warningFrom from which value on it is a warning, upwards or, where {@code criticalFrom} is less, downwards
     * @param criticalFrom from which value on it is critical, {@code null} where none is
     */
    public record Check(
            String name,
            Status status,
            @Nullable BigDecimal value,
            BigDecimal warningFrom,
            @Nullable BigDecimal criticalFrom,
            String message) {}

    /**
     * How much was found in the memory of the server.
     *
     * @param kind tables or indexes
     * @param hitPercent {@code null} before anything was asked for
     */
    public record CacheHits(
            String kind,
            long blocksHit,
            long blocksRead,
            @Nullable BigDecimal hitPercent) {}

    /** A table; rows are estimates of the server. */
    public record TableStatistics(
            String table,
            long liveRows,
            long deadRows,
            BigDecimal deadPercent,
            long totalBytes,
            long indexBytes,
            long sequentialScans,
            long indexScans,
            @Nullable Instant lastVacuumedAt,
            @Nullable Instant lastAnalyzedAt) {}

    /** An index; one that is unique is used without being read. */
    public record IndexUsage(
            String table, String index, long scans, long rowsRead, long bytes, boolean unique, boolean valid) {}
}
