package org.cartulary.operations;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.cartulary.contracts.inventory.ReservationFact;
import org.cartulary.contracts.payment.PaymentFact;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of the records of one order in several services.
 *
 * @param services whose records are compared
 * @param name stable
 * @param description the invariant as a sentence
 * @param concerns whether it speaks of the order
 * @param breach in words how an order that it concerns breaks it, {@code null} if it does not
 */
record OrderInvariant(
        String services,
        String name,
        String description,
        Predicate<OrderRecords> concerns,
        Function<OrderRecords, @Nullable String> breach) {

    /** All of them. */
    static final List<OrderInvariant> ALL = List.of(
            new OrderInvariant(
                    "order, payment",
                    "each-confirmed-order-has-one-payment",
                    "Each confirmed order has exactly one payment, of the order's total, which is live or given back in full.",
                    OrderRecords::orderIsConfirmed,
                    OrderInvariant::onePayment),
            new OrderInvariant(
                    "order, payment",
                    "no-payment-without-order",
                    "No money is set aside or taken for an order that is missing or cancelled, unless a saga is under way that"
                            + " gives it back.",
                    records -> !records.payments().isEmpty(),
                    records -> records.orderIsMissingOrCancelled()
                                    && !records.orderIsBeingUndone()
                                    && !records.livePayments().isEmpty()
                            ? "the order is " + records.orderStatus() + ", its payment "
                                    + records.livePayments().getFirst()
                            : null),
            new OrderInvariant(
                    "order, payment",
                    "refunded-is-known-to-order",
                    "What was given back for an order is what the order says.",
                    records -> records.order() != null && !records.payments().isEmpty(),
                    OrderInvariant::refunded),
            new OrderInvariant(
                    "order, payment",
                    "captured-equals-order-total",
                    "What was taken for a confirmed order is the order's total.",
                    records -> records.orderIsConfirmed()
                            && records.payments().stream().anyMatch(OrderRecords::isCaptured),
                    OrderInvariant::capturedTotal),
            new OrderInvariant(
                    "order, payment",
                    "captured-pending",
                    "No payment of a confirmed order is left waiting for its capture.",
                    OrderRecords::orderIsConfirmed,
                    records -> records.payments().stream()
                            .filter(payment -> payment.status().equals("AUTHORIZED"))
                            .findFirst()
                            .map(payment -> "still AUTHORIZED: " + payment)
                            .orElse(null)),
            new OrderInvariant(
                    "order, inventory",
                    "confirmed-order-holds-confirmed-stock",
                    "The stock of each confirmed order is sold, as many units as it has.",
                    OrderRecords::orderIsConfirmed,
                    OrderInvariant::soldStock),
            new OrderInvariant(
                    "order, inventory",
                    "no-stock-held-without-order",
                    "No stock is reserved or sold for an order that is missing or cancelled.",
                    records -> records.reservation() != null,
                    OrderInvariant::heldStock),
            new OrderInvariant(
                    "order, promotion",
                    "no-promotion-used-without-order",
                    "No promotion is used by an order that is missing or cancelled.",
                    records -> records.promotions() != null,
                    records -> records.claimedDiscount() > 0
                                    && records.orderIsMissingOrCancelled()
                                    && !records.isUnderWay()
                            ? "the order is " + records.orderStatus() + ", " + records.promotions()
                            : null),
            new OrderInvariant(
                    "order, promotion",
                    "each-discount-is-claimed",
                    "What promotions take off an order that is not cancelled is what it has claimed of them.",
                    records -> !records.orderIsMissingOrCancelled(),
                    OrderInvariant::claimedDiscount),
            new OrderInvariant(
                    "order, checkout",
                    "each-order-has-completed-saga",
                    "Each order that is not cancelled was placed by a saga that completed.",
                    records -> !records.orderIsMissingOrCancelled(),
                    OrderInvariant::completedSaga),
            new OrderInvariant(
                    "order, checkout",
                    "completed-saga-has-order",
                    "Each saga that completed has placed an order, of the same total.",
                    records -> records.sagaStatus().equals("completed"),
                    OrderInvariant::placedOrder),
            new OrderInvariant(
                    "checkout",
                    "placing-saga-not-failed",
                    "No saga that places an order waits for an operator.",
                    records -> records.saga() != null,
                    records -> records.sagaStatus().equals("failed") ? "the saga has failed" : null));

    private static @Nullable String onePayment(OrderRecords records) {
        List<PaymentFact> live = records.liveOrRefundedPayments();
        Money total = records.order() == null ? null : records.order().total();
        if (live.size() != 1) {
            return live.size() + " payments that are live or given back: " + live;
        }
        return live.getFirst().amount().equals(total) ? null : "total " + total + ", payment " + live.getFirst();
    }

    /** By amounts only: a payment that was cancelled before it began has no currency of its own. */
    private static @Nullable String refunded(OrderRecords records) {
        Money refunded = records.order() == null ? null : records.order().refunded();
        long paidBack = records.payments().stream()
                .mapToLong(payment -> payment.refunded().minorUnits())
                .sum();
        return refunded == null || refunded.minorUnits() == paidBack
                ? null
                : "the order says " + refunded + ", payments " + records.payments();
    }

    private static @Nullable String capturedTotal(OrderRecords records) {
        Money total = records.order() == null ? null : records.order().total();
        return records.payments().stream()
                .filter(OrderRecords::isCaptured)
                .filter(payment -> !payment.captured().equals(total))
                .findFirst()
                .map(payment -> "total " + total + ", payment " + payment)
                .orElse(null);
    }

    private static @Nullable String soldStock(OrderRecords records) {
        ReservationFact reservation = records.reservation();
        long units = records.order() == null ? 0 : records.order().units();
        if (reservation == null) {
            return "no reservation for " + units + " units";
        }
        boolean sold = reservation.status().equals("CONFIRMED") && reservation.units() == units;
        return sold ? null : "the order has " + units + " units, the reservation " + reservation;
    }

    /** A reservation that is open may precede its order, as long as a saga is under way. */
    private static @Nullable String heldStock(OrderRecords records) {
        ReservationFact reservation = records.reservation();
        if (reservation == null || !records.orderIsMissingOrCancelled()) {
            return null;
        }
        boolean held =
                reservation.status().equals("OPEN") || reservation.status().equals("CONFIRMED");
        return held && !records.isUnderWay() ? "the order is " + records.orderStatus() + ", " + reservation : null;
    }

    /** An order that is being undone may have given back what it used before it is cancelled. */
    private static @Nullable String claimedDiscount(OrderRecords records) {
        long discount = records.order() == null ? 0 : records.order().discount().minorUnits();
        return discount == records.claimedDiscount() || records.sagaStatus().equals("compensating")
                ? null
                : "the order's discount is " + discount + " in minor units, its claim " + records.promotions();
    }

    /**
     * A saga that is under way will end: forward for an order in any state, backward for one that is not confirmed. One that
     * does not end is reported as stuck.
     */
    private static @Nullable String completedSaga(OrderRecords records) {
        String status = records.sagaStatus();
        boolean underWay = status.equals("started") || (status.equals("compensating") && !records.orderIsConfirmed());
        return status.equals("completed") || underWay
                ? null
                : "the order is " + records.orderStatus() + ", its saga " + status;
    }

    private static @Nullable String placedOrder(OrderRecords records) {
        if (records.order() == null || records.saga() == null) {
            return "the saga completed, but there is no order";
        }
        return records.order().total().equals(records.saga().total())
                ? null
                : "the saga placed " + records.saga().total() + ", the order says "
                        + records.order().total();
    }
}
