package org.cartulary.tests.simulation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What should be there, as simply as it can be said: a few maps and lists that one thread changes. */
final class Truth {

    static final String CANCELLED = "CANCELLED";
    static final String CONFIRMED = "CONFIRMED";
    static final String REFUNDED = "REFUNDED";

    /** Who buys once and is never seen again. */
    private static final int NOBODY = -1;

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
        boolean changed = true;
        private @Nullable String cancelledBecause;

        Order(String id, int buyer, Map<String, Integer> lines, BigDecimal total) {
            this.id = id;
            this.buyer = buyer;
            this.lines = Map.copyOf(lines);
            this.total = total;
        }

        boolean isCancelled() {
            return cancelledBecause != null;
        }

        /** Why it is cancelled, empty if it is not. */
        String reason() {
            return cancelledBecause == null ? "" : cancelledBecause;
        }

        /** How the platform should call the order. */
        String status() {
            if (isCancelled()) {
                return CANCELLED;
            }
            return refunded.signum() > 0 && kept().signum() == 0 ? REFUNDED : CONFIRMED;
        }

        /** What the shop has taken and not given back. */
        BigDecimal kept() {
            return isCancelled() ? BigDecimal.ZERO : total.subtract(refunded);
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

    /** An order whose units are taken already, of nobody who is seen again. */
    Order orderOfNobody(String id, Map<String, Integer> lines, BigDecimal total) {
        Order order = new Order(id, NOBODY, lines, total);
        orders.add(order);
        return order;
    }

    void cancel(Order order, String reason) {
        order.lines.forEach(this::change);
        order.cancelledBecause = reason;
        order.changed = true;
    }

    /** Why an order was cancelled that is seen so: what people wrote, or else the platform's code; empty if it was not. */
    static String reasonOf(JsonNode view) {
        return view.path("history")
                .valueStream()
                .filter(change -> change.path("to").asString("").equals(CANCELLED))
                .map(change ->
                        change.path("reason").asString(change.path("reasonCode").asString("")))
                .findFirst()
                .orElse("");
    }

    Order order(String id) {
        return orders.stream().filter(order -> order.id.equals(id)).findFirst().orElseThrow();
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
