package org.cartulary.tests.simulation;

import static org.cartulary.tests.simulation.Answers.ask;
import static org.cartulary.tests.simulation.Answers.expect;
import static org.cartulary.tests.simulation.Answers.expectSame;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What buyers do before and after they buy. */
final class Carts {

    private static final String CARTS = "/api/v1/store/carts";

    private final District district;

    Carts(District district) {
        this.district = district;
    }

    /** The id of somebody's cart, a new one where they have none. */
    String of(Person person) {
        String id = person.cart.id;
        if (id == null) {
            id = expect(201, ask(() -> person.shop().post(CARTS, Map.of("items", List.of()))))
                    .path("id")
                    .asString();
            person.cart.id = id;
        }
        return id;
    }

    /** Whether nobody can put anything into the cart any more. */
    boolean isOrdered(Person person, String cart) {
        return !expect(200, ask(() -> person.shop().get(CARTS + "/" + cart)))
                .path("status")
                .asString()
                .equals("ACTIVE");
    }

    void fill(Operation operation) {
        fill(district.person(operation), district.product(operation), 1 + operation.howMany() % District.MOST_UNITS);
    }

    /** Somebody says how many of a product are in their cart. */
    void fill(Person person, String product, int units) {
        String path = CARTS + "/" + of(person) + "/items/" + product;
        expect(200, ask(() -> person.shop().put(path, Map.of("quantity", units))));
        person.cart.lines.put(product, units);
    }

    void remove(Operation operation) {
        Person person = district.person(operation);
        String product = district.product(operation);
        if (person.cart.lines.remove(product) != null) {
            String path = CARTS + "/" + of(person) + "/items/" + product;
            expect(200, ask(() -> person.shop().send("DELETE", path, null, Map.of())));
        }
    }

    void merge(Operation operation) {
        Person customer = district.customer();
        Person guest = Person.guest(district.visitor());
        String product = district.product(operation);
        int units = 1 + operation.howMany() % District.MOST_UNITS;
        fill(guest, product, units);
        String token = guest.shop().guestToken();
        JsonNode merged = expect(200, ask(() -> customer.shop().post(CARTS + "/merges", Map.of("guestToken", token))));
        customer.cart.id = merged.path("id").asString();
        customer.cart.lines.merge(product, units, Integer::sum);
    }

    void look(Operation operation) {
        Person person = district.person(operation);
        String cart = person.cart.id;
        if (cart != null) {
            lookAtCart(person, cart);
        }
        Truth.Order order = district.order(operation);
        if (order != null) {
            lookAtOrder(person, order);
        }
    }

    private static void lookAtCart(Person person, String cart) {
        Map<String, Integer> lines = new TreeMap<>();
        for (JsonNode line :
                expect(200, ask(() -> person.shop().get(CARTS + "/" + cart))).path("lines")) {
            lines.put(line.path("productId").asString(), line.path("quantity").asInt());
        }
        expectSame("the cart " + cart, person.cart.lines, lines);
    }

    private static void lookAtOrder(Person person, Truth.Order order) {
        JsonNode view = expect(200, ask(() -> person.shop().get("/api/v1/store/orders/" + order.id)));
        expectSame(
                "the status of the order " + order.id,
                order.status(),
                view.path("status").asString());
        expectSame(
                "the total of the order " + order.id,
                order.total,
                new BigDecimal(view.at("/total/amount").asString()));
    }
}
