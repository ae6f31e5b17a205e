package org.cartulary.order;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.order.FindingBuyers.Buyers;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which orders of a shop are looked for; a part that is {@code null} or empty lets everything through. Immutable.
 *
 * @param statuses any of these
 * @param toBeSent whether something of it is still to be sent, or anew
 * @param placed on these days
 * @param orderNumber as people read it, in capitals or not
 * @param buyers any of these
 * @param minimumTotal in the order's currency, whichever that is
 */
record OrderFilter(
        Set<String> statuses,
        boolean toBeSent,
        @Nullable UUID customerId,
        @Nullable String externalReference,
        @Nullable ReportPeriod placed,
        @Nullable String orderNumber,
        @Nullable Buyers buyers,
        @Nullable BigDecimal minimumTotal) {

    /** All states that an order can be in. */
    static final Set<String> STATUSES = Set.of(
            "CREATED",
            "PAID",
            "CONFIRMED",
            "PROCESSING",
            "PARTIALLY_SHIPPED",
            "SHIPPED",
            "DELIVERED",
            "CANCELLED",
            "REFUNDED");

    private static final int MOST_DECIMALS = 10;
    private static final BigDecimal GREATEST_TOTAL = new BigDecimal("99999999.99");

    /**
     * Refuses what no order can be.
     *
     * @throws ProblemException 422 {@code invalid-filter}
     */
    OrderFilter {
        statuses = Set.copyOf(statuses);
        ProblemException problem = ProblemException.unprocessable("invalid-filter", "a filter is not understood");
        if (!STATUSES.containsAll(statuses)) {
            problem.with("?status", "unknown", "name states such as CONFIRMED, each once or several times");
        }
        if (minimumTotal != null
                && (minimumTotal.signum() < 0
                        || minimumTotal.compareTo(GREATEST_TOTAL) > 0
                        || minimumTotal.scale() > MOST_DECIMALS)) {
            problem.with("?minimumTotal", "out-of-range", "name an amount from 0 to " + GREATEST_TOTAL);
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }

    OrderFilter(@Nullable String status, @Nullable UUID customerId, @Nullable String externalReference) {
        this(status, customerId, externalReference, false);
    }

    OrderFilter(
            @Nullable String status, @Nullable UUID customerId, @Nullable String externalReference, boolean toBeSent) {
        this(
                status == null ? Set.of() : Set.of(status),
                toBeSent,
                customerId,
                externalReference,
                null,
                null,
                null,
                null);
    }

    /** The number as it is kept. */
    @Nullable String normalisedNumber() {
        return orderNumber == null ? null : orderNumber.strip().toUpperCase(Locale.ROOT);
    }

    /** The states in an order of their own. */
    List<String> sortedStatuses() {
        return List.copyOf(new TreeSet<>(statuses));
    }

    /** Whether few orders can be meant, which are all looked at. */
    boolean namesFew() {
        return orderNumber != null || externalReference != null || buyers != null || customerId != null;
    }

    /** The list, for cursors. */
    String scope() {
        return "admin/orders?status=" + sortedStatuses() + "&customerId=" + customerId + "&externalReference="
                + externalReference + "&toBeSent=" + toBeSent + "&placed=" + placed + "&orderNumber="
                + normalisedNumber() + "&buyers=" + buyers + "&minimumTotal="
                + (minimumTotal == null
                        ? null
                        : minimumTotal.stripTrailingZeros().toPlainString());
    }
}
