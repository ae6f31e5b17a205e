package org.cartulary.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.cartulary.contracts.checkout.CheckoutFact;
import org.cartulary.contracts.inventory.ReservationFact;
import org.cartulary.contracts.order.OrderFact;
import org.cartulary.contracts.payment.PaymentFact;
import org.cartulary.contracts.promotion.PromotionFact;
import org.jspecify.annotations.Nullable;

/**
 * Compares what order, payment, inventory, checkout and promotion know of each order, and inventory and
 * catalog of what is in stock: one pass over the facts of all, side by side, with a page of each in memory. Thread-safe.
 */
final class CrossCheck {

    private final CrossCheckedServices services;
    private final int pageLength;

    CrossCheck(CrossCheckedServices services, int pageLength) {
        this.services = services;
        this.pageLength = pageLength;
    }

    /**
     * What one pass has found.
     *
     * @param rows of how many things the invariant speaks
     * @param breaches which of them break it, and how
     */
    record Found(String services, String name, String description, long rows, Map<String, String> breaches) {

        Found with(Map<String, String> others) {
            return new Found(services, name, description, rows, others);
        }
    }

    /** Reads all facts once. */
    List<Found> look() {
        var orders = new FactStream<OrderFact>(
                services.orders()::facts, fact -> new OrderKey(fact.tenantId(), fact.orderId()), pageLength);
        var payments = new FactStream<PaymentFact>(
                services.payments()::facts, fact -> new OrderKey(fact.tenantId(), fact.orderId()), pageLength);
        var reservations = new FactStream<ReservationFact>(
                services.inventory()::facts, fact -> new OrderKey(fact.tenantId(), fact.orderId()), pageLength);
        var sagas = new FactStream<CheckoutFact>(
                services.checkouts()::facts, fact -> new OrderKey(fact.tenantId(), fact.orderId()), pageLength);
        var promotions = new FactStream<PromotionFact>(
                services.promotions()::facts, fact -> new OrderKey(fact.tenantId(), fact.orderId()), pageLength);
        List<Tally> tallies = OrderInvariant.ALL.stream().map(Tally::new).toList();
        for (OrderKey key; (key = least(orders, payments, reservations, sagas, promotions)) != null; ) {
            OrderRecords records = new OrderRecords(
                    key,
                    only(orders.take(key)),
                    payments.take(key),
                    only(reservations.take(key)),
                    only(sagas.take(key)),
                    only(promotions.take(key)));
            tallies.forEach(tally -> tally.add(records));
        }
        return Stream.concat(
                        tallies.stream().map(Tally::found),
                        Stream.of(StockCheck.look(services.stock(), services.listedStock(), pageLength)))
                .toList();
    }

    private static @Nullable OrderKey least(FactStream<?>... streams) {
        return Stream.of(streams)
                .<@Nullable OrderKey>map(FactStream::peek)
                .filter(Objects::nonNull)
                .min(OrderKey::compareTo)
                .orElse(null);
    }

    private static <T> @Nullable T only(List<T> facts) {
        if (facts.size() > 1) {
            throw new IllegalStateException("a service tells one fact of an order, not " + facts);
        }
        return facts.isEmpty() ? null : facts.getFirst();
    }

    private static final class Tally {
        private final OrderInvariant invariant;
        private final Map<String, String> breaches = new LinkedHashMap<>();
        private long rows;

        Tally(OrderInvariant invariant) {
            this.invariant = invariant;
        }

        void add(OrderRecords records) {
            if (!invariant.concerns().test(records)) {
                return;
            }
            rows++;
            String breach = invariant.breach().apply(records);
            if (breach != null) {
                breaches.put(records.key().toString(), breach);
            }
        }

        Found found() {
            return new Found(invariant.services(), invariant.name(), invariant.description(), rows, breaches);
        }
    }

    /** What persists: what broke an invariant in both looks. */
    static List<Found> persisting(List<Found> earlier, List<Found> later) {
        List<Found> both = new ArrayList<>();
        for (int i = 0; i < later.size(); i++) {
            Map<String, String> breaches = new LinkedHashMap<>(later.get(i).breaches());
            breaches.keySet().retainAll(earlier.get(i).breaches().keySet());
            both.add(later.get(i).with(breaches));
        }
        return both;
    }
}
