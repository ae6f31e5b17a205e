package org.cartulary.tests.simulation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What should be there, as simply as it can be said: a few maps and lists that one thread changes. */
final class Truth {

    private final Map<String, Integer> stock = new HashMap<>();
    private final Map<String, BigDecimal> prices = new HashMap<>();
    private final List<Order> orders = new ArrayList<>();

    /** An order and what of its money the shop should have. */
    static final class Order {
        final String id;
        final int buyer;
        final Map<String, Integer> lines;
        final BigDecimal total;
        BigDecimal refunded = BigDecimal.ZERO;
        boolean cancelled;
        boolean changed = true;

        Order(String id, int buyer, Map<String, Integer> lines, BigDecimal total) {
            this.id = id;
            this.buyer = buyer;
            this.lines = Map.copyOf(lines);
            this.total = total;
        }

        /** What the shop has taken and not given back. */
        BigDecimal kept() {
            return cancelled ? BigDecimal.ZERO : total.subtract(refunded);
        }

        /** How the platform should call the order. */
        String status() {
            if (cancelled) {
                return "CANCELLED";
            }
            return kept().signum() == 0 ? "REFUNDED" : "CONFIRMED";
        }
    }

    void sell(String product, BigDecimal price, int units) {
        prices.put(product, price);
        stock.put(product, units);
    }

    void change(String product, int units) {
        stock.merge(product, units, Integer::sum);
    }

    int stock(String product) {
        return stock.getOrDefault(product, 0);
    }

    boolean has(Map<String, Integer> lines) {
        return lines.entrySet().stream().allMatch(line -> stock(line.getKey()) >= line.getValue());
    }

    BigDecimal total(Map<String, Integer> lines, BigDecimal shipping) {
        return lines.entrySet().stream()
                .map(line -> prices.getOrDefault(line.getKey(), BigDecimal.ZERO)
                        .multiply(BigDecimal.valueOf(line.getValue())))
                .reduce(shipping, BigDecimal::add);
    }

    Order order(String id, int buyer, Map<String, Integer> lines, BigDecimal total) {
        lines.forEach((product, units) -> change(product, -units));
        Order order = new Order(id, buyer, lines, total);
        orders.add(order);
        return order;
    }

    void cancel(Order order) {
        order.lines.forEach(this::change);
        order.cancelled = true;
        order.changed = true;
    }

    List<Order> orders() {
        return orders;
    }

    @Nullable Order orderOf(int buyer, int number) {
        List<Order> own = orders.stream().filter(order -> order.buyer == buyer).toList();
        return own.isEmpty() ? null : own.get(number % own.size());
    }

    /** Somebody who buys, and the cart that they should have. */
    static final class Cart {
        @Nullable String id;

        final Map<String, Integer> lines = new TreeMap<>();

        void ordered() {
            id = null;
            lines.clear();
        }
    }
}
