package org.cartulary.inventory;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How well a supplier delivered what was expected in a period. Units beyond what was ordered count for nothing.
 *
 * @param since the first day of the period
 * @param until the last one
 * @param orders that were expected in the period
 * @param ordersOnTime of these, those of which everything had come on the expected day
 * @param orderedUnits of the orders
 * @param receivedUnits of these, those that have come
 * @param onTimeShare {@code ordersOnTime} of {@code orders}, {@code null} without orders
 * @param fillRate {@code receivedUnits} of {@code orderedUnits}, {@code null} without orders
 * @param averageDaysLate how many days after the expected one a unit came, 0 for those that came in time, {@code null} where none has
 *     come
 */
record SupplierPerformance(
        LocalDate since,
        LocalDate until,
        long orders,
        long ordersOnTime,
        long orderedUnits,
        long receivedUnits,
        @Nullable BigDecimal onTimeShare,
        @Nullable BigDecimal fillRate,
        @Nullable BigDecimal averageDaysLate) {}
