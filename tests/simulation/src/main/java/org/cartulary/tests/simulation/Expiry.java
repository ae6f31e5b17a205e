package org.cartulary.tests.simulation;

import static org.cartulary.tests.simulation.Answers.ask;
import static org.cartulary.tests.simulation.Answers.expect;
import static org.cartulary.tests.simulation.Answers.expectProblem;
import static org.cartulary.tests.simulation.Answers.expectSame;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Patience;
import tools.jackson.databind.JsonNode;

/**
 * Orders whose time runs out while their payment is not decided, or races against it, or after it. Each is that of a guest
 * who passes by, and buys nothing else.
 *
 * <p>Who wins such a race is nobody's to say. From the order's beginning to its end the model only knows that its units
 * cannot be sold to others; before anything is done that depends on how it ended, it is brought to its end.
 */
final class Expiry {

    private static final String UNPAID = "unpaid";

    private final District district;
    private final Deadlines deadlines;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Waiting> ended = new ArrayList<>();

    Expiry(District district) {
        this.district = district;
        this.deadlines = new Deadlines(district);
    }

    /** How an order and its time come to an end. */
    private enum Way {
        /** Nobody ever says whether it is paid. */
        NEVER_PAID,
        /** It is paid at about the time at which it expires. */
        PAID_LATE,
        /** It is paid at about the time at which the reservation of its stock expires. */
        RESERVED_TOO_SHORT,
        /** Its payment was due, but it is paid. */
        PAID_IN_TIME;

        private static Way of(Operation operation) {
            return values()[operation.howMany() % values().length];
        }

        /** The card: its provider does nothing at first, or does not tell what it did. */
        private String card(int habit) {
            String silent = habit % 2 == 0 ? "timeout" : "lost";
            return switch (this) {
                case NEVER_PAID -> "tok:authorize=" + silent;
                // Each further silence doubles the time until it is asked for again.
                case PAID_LATE, RESERVED_TOO_SHORT ->
                    "tok:authorize=" + (silent + "-then-").repeat(1 + habit / 2 % 3) + "ok";
                case PAID_IN_TIME -> "tok_ok";
            };
        }
    }

    /** An order of which nobody knows how it ends. */
    private record Waiting(
            Way way,
            String orderId,
            Map<String, Integer> lines,
            BigDecimal total,
            Supplier<HttpShop.Answer> completion) {}

    void expire(Operation operation) {
        Way way = Way.of(operation);
        Person guest = Person.guest(district.visitor());
        district.carts().fill(guest, district.product(operation), 1 + operation.howMany() / 24 % District.MOST_UNITS);
        Purchases.Opened checkout = Objects.requireNonNull(district.purchases().open(guest));
        Map<String, Object> payment = Buyer.card(way.card(operation.howMany() / 4));
        String key = UUID.randomUUID().toString();
        Supplier<HttpShop.Answer> completion = () -> guest.shop().post(checkout.path(), payment, key);
        if (!district.stock().has(guest.cart.lines)) {
            expectProblem(409, "out-of-stock", ask(completion));
            return;
        }
        HttpShop.Answer answer = Patience.answer(completion, Patience::isAccepted);
        if (way == Way.NEVER_PAID || answer.status() != 201) {
            expect(202, answer);
        }
        String orderId = answer.body().path("orderId").asString();
        Map<String, Integer> lines = Map.copyOf(guest.cart.lines);
        lines.forEach((product, units) -> district.truth().change(product, -units));
        waiting.add(new Waiting(way, orderId, lines, checkout.total(), completion));
        if (way == Way.RESERVED_TOO_SHORT) {
            deadlines.endReservation(orderId);
        } else {
            deadlines.endPayment(orderId);
        }
    }

    /** Brings the orders of a product to their end, and learns which of them last. */
    void settle(String product) {
        List<Waiting> due = waiting.stream()
                .filter(order -> order.lines().containsKey(product))
                .toList();
        if (due.isEmpty()) {
            return;
        }
        deadlines.pass();
        due.forEach(this::settle);
        waiting.removeAll(due);
        ended.addAll(due);
        DistrictCheck.awaitStock(district, product);
    }

    private void settle(Waiting order) {
        String path = "/api/v1/store/orders/" + order.orderId();
        Set<String> ends = switch (order.way()) {
            case NEVER_PAID -> Set.of(Truth.CANCELLED);
            case PAID_IN_TIME -> Set.of(Truth.CONFIRMED);
            case PAID_LATE, RESERVED_TOO_SHORT -> Set.of(Truth.CANCELLED, Truth.CONFIRMED);
        };
        DistrictCheck.eventually(district, "the order " + order.orderId() + " ends as one of " + ends, () -> {
            String status = DistrictCheck.read(district, path).path("status").asString("");
            return ends.contains(status) ? "" : status;
        });
        JsonNode view = DistrictCheck.read(district, path);
        Truth.Order ordered = district.truth().orderOfNobody(order.orderId(), order.lines(), order.total());
        if (view.path("status").asString().equals(Truth.CANCELLED)) {
            String reason = Truth.reasonOf(view);
            if (order.way() != Way.RESERVED_TOO_SHORT) {
                expectSame("why the order " + order.orderId() + " was cancelled", UNPAID, reason);
            }
            district.truth().cancel(ordered, reason);
        }
    }

    /**
     * Brings all orders to their end, and looks whether whoever completed them is told, and the provider charges for those
     * that last only.
     */
    void settleAll() {
        district.products().forEach(this::settle);
        for (Waiting order : ended) {
            boolean lasts = !district.truth().order(order.orderId()).isCancelled();
            JsonNode told = expect(lasts ? 201 : 409, ask(order.completion()));
            if (lasts) {
                expectSame(
                        "the order of a completion",
                        order.orderId(),
                        told.path("orderId").asString(""));
            }
            String path = "/api/v1/admin/test-provider/charges?orderId=" + order.orderId();
            DistrictCheck.eventually(district, "the provider charges for what lasts, of " + order.orderId(), () -> {
                JsonNode books = DistrictCheck.read(district, path);
                return books.path("liveCharges").asInt(-1) == (lasts ? 1 : 0) ? "" : books.toString();
            });
        }
        ended.clear();
    }
}
