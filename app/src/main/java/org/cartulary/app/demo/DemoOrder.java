package org.cartulary.app.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An order of the demo shop, as it is meant to be.
 *
 * @param number from 0, the oldest first
 * @param buyer which of the customers; nobody, a guest, where it is not less than their number
 * @param daysAgo how long ago it was placed, 0 for now
 * @param becomes what becomes of it
 */
record DemoOrder(int number, int buyer, int daysAgo, Fate becomes) {

    /** What becomes of an order. */
    enum Fate {
        WAITS,
        PACKED,
        SENT,
        DELIVERED,
        CANCELLED,
        REFUNDED,
        PARTLY_REFUNDED
    }

    private static final int ORDERS = 42;
    private static final int GUEST_EVERY = 7;
    private static final int DAYS = 34;
    private static final int FIRST_NUMBER = 1001;
    private static final LocalTime MORNING = LocalTime.of(8, 5);

    /** All of them. */
    static List<DemoOrder> all() {
        return IntStream.range(0, ORDERS)
                .mapToObj(number -> new DemoOrder(number, number % GUEST_EVERY, daysAgo(number), fate(number)))
                .toList();
    }

    private static int daysAgo(int number) {
        return Math.max(0, DAYS - number * (DAYS + 3) / ORDERS);
    }

    private static Fate fate(int number) {
        return switch (number) {
            case 6, 19, 33 -> Fate.CANCELLED;
            case 9, 24 -> Fate.REFUNDED;
            case 15 -> Fate.PARTLY_REFUNDED;
            case 30, 31 -> Fate.PACKED;
            default -> number < 20 ? Fate.DELIVERED : number < 30 ? Fate.SENT : Fate.WAITS;
        };
    }

    /** By what the shop's list tells it. */
    String reference() {
        return "DEMO-" + (FIRST_NUMBER + number);
    }

    /** When it was placed; {@code null} for now, since nobody may say so of a time to come. */
    @Nullable Instant placedAt(LocalDate today) {
        return daysAgo == 0
                ? null
                : today.minusDays(daysAgo)
                        .atTime(MORNING.plusMinutes(number * 137L % 700))
                        .toInstant(ZoneOffset.UTC);
    }
}
