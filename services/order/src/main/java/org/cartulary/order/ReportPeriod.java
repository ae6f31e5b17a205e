package org.cartulary.order;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Days of a shop, of which the last is left out. Immutable.
 *
 * @param from {@code null} for all days before {@code until}
 * @param until {@code null} for all days from {@code from} on
 * @param timeZone the IANA time zone in which they begin
 */
record ReportPeriod(@Nullable LocalDate from, @Nullable LocalDate until, String timeZone) {

    /**
     * Refuses what is no period.
     *
     * @throws ProblemException 422 {@code invalid-time-zone}, {@code invalid-period}
     */
    ReportPeriod {
        // PostgreSQL reads an offset such as +01:00 with the opposite sign, so only names of regions are let through.
        if (!ZoneId.getAvailableZoneIds().contains(timeZone) || timeZone.startsWith("SystemV")) {
            throw ProblemException.unprocessable("invalid-time-zone", "\"" + timeZone + "\" is not an IANA time zone")
                    .with("?timeZone", "invalid", "name a time zone such as Europe/London");
        }
        if (from != null && until != null && !from.isBefore(until)) {
            throw ProblemException.unprocessable("invalid-period", "a period ends after it begins")
                    .with("?until", "too-early", "name the first day that is left out");
        }
    }

    /**
     * The same period, if it is not longer than that.
     *
     * @throws ProblemException 422 {@code period-too-long}
     */
    ReportPeriod ofAtMost(int mostDays) {
        if (from == null || until == null || ChronoUnit.DAYS.between(from, until) > mostDays) {
            throw ProblemException.unprocessable("period-too-long", "the period has more than " + mostDays + " days")
                    .with("?until", "too-late", "ask for a shorter period");
        }
        return this;
    }

    /** When it begins; {@code null} where it has no beginning. */
    @Nullable Instant begin() {
        return begin(from);
    }

    /** When it is over; {@code null} where it has no end. */
    @Nullable Instant end() {
        return begin(until);
    }

    /** As {@link #begin}, of a period that has a beginning. */
    Instant requireBegin() {
        return Objects.requireNonNull(begin());
    }

    /** As {@link #end}, of a period that has an end. */
    Instant requireEnd() {
        return Objects.requireNonNull(end());
    }

    private @Nullable Instant begin(@Nullable LocalDate day) {
        return day == null ? null : day.atStartOfDay(ZoneId.of(timeZone)).toInstant();
    }
}
