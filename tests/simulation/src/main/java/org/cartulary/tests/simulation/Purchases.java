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
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** From a cart to an order, and what may come between. */
final class Purchases {

    private static final String CHECKOUTS = "/api/v1/store/checkouts";

    private final District district;

    Purchases(District district) {
        this.district = district;
    }

    /**
     * A checkout that can be completed.
     *
     * @param path where it is completed
     */
    record Opened(String path, BigDecimal total) {}

    /** Opens a checkout of somebody's cart, {@code null} where that is empty. */
    @Nullable Opened open(Person person) {
        if (person.cart.lines.isEmpty()) {
            return null;
        }
        String key = UUID.randomUUID().toString();
        Map<String, Object> request = person.buyer().checkoutOf(district.carts().of(person));
        JsonNode checkout = expect(201, ask(() -> person.shop().post(CHECKOUTS, request, key)));
        String path = CHECKOUTS + "/" + checkout.path("id").asString();
        JsonNode option = checkout.at("/shippingOptions/0");
        Map<String, Object> choice =
                Map.of("shippingMethodId", option.path("id").asString());
        JsonNode chosen = expect(200, ask(() -> person.shop().put(path + "/shipping-method", choice)));
        BigDecimal shipping = new BigDecimal(option.at("/price/amount").asString());
        BigDecimal total = district.truth().total(person.cart.lines, shipping);
        expectSame(
                "the total of " + path,
                total,
                new BigDecimal(chosen.at("/total/amount").asString()));
        return new Opened(path + "/completions", total);
    }

    void buy(Operation operation) {
        Person person = district.person(operation);
        Opened checkout = open(person);
        if (checkout == null) {
            return;
        }
        String token = switch (operation.howMany() % 10) {
            case 0 -> "tok_declined";
            case 1 -> "tok_insufficient_funds";
            case 2 -> "tok_timeout";
            default -> "tok_ok";
        };
        boolean declined = operation.howMany() % 10 < 2;
        int status = !district.stock().has(person.cart.lines) ? 409 : declined ? 402 : 201;
        String key = UUID.randomUUID().toString();
        HttpShop.Answer answer = ask(() -> person.shop().post(checkout.path(), Buyer.card(token), key));
        if (status == 201) {
            ordered(operation, person, checkout, expect(201, answer));
        } else {
            expectProblem(status, status == 409 ? "out-of-stock" : "payment-declined", answer);
        }
        person.remember(new Person.Completion(
                checkout.path(),
                key,
                Buyer.card(token),
                status,
                answer.body().path("orderId").asString("")));
    }

    private void ordered(Operation operation, Person person, Opened checkout, JsonNode placed) {
        district.ordered(operation, placed.path("orderId").asString(), person.cart.lines, checkout.total());
        String cart = Objects.requireNonNull(person.cart.id);
        // A job tells the cart of its order where the platform died before it could.
        district.eventually(
                "the cart " + cart + " is ordered", () -> district.carts().isOrdered(person, cart));
        person.cart.ordered();
    }

    void editDuringCheckout(Operation operation) {
        Person person = district.person(operation);
        Opened checkout = open(person);
        if (checkout == null) {
            return;
        }
        String product = district.product(operation);
        int units = person.cart.lines.getOrDefault(product, 0) % District.MOST_UNITS + 1;
        district.carts().fill(person, product, units);
        String key = UUID.randomUUID().toString();
        expectProblem(409, "cart-changed", ask(() -> person.shop().post(checkout.path(), Buyer.CARD, key)));
    }

    void buyTwiceAtOnce(Operation operation) {
        Person person = district.person(operation);
        Opened checkout = open(person);
        if (checkout == null) {
            return;
        }
        int expected = district.stock().has(person.cart.lines) ? 1 : 0;
        List<HttpShop.Answer> placed = new ArrayList<>();
        for (HttpShop.Answer answer : completeTwiceAtOnce(person, checkout)) {
            if (answer.status() == 201) {
                placed.add(answer);
            } else {
                expect(409, answer);
            }
        }
        expectSame("orders of " + checkout.path(), expected, placed.size());
        if (!placed.isEmpty()) {
            ordered(operation, person, checkout, placed.getFirst().body());
        }
    }

    private static List<HttpShop.Answer> completeTwiceAtOnce(Person person, Opened checkout) {
        List<HttpShop.Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpShop.Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                String key = UUID.randomUUID().toString();
                calls.add(threads.submit(() -> ask(() -> person.shop().post(checkout.path(), Buyer.CARD, key))));
            }
            for (Future<HttpShop.Answer> call : calls) {
                answers.add(call.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    void repeatCompletion(Operation operation) {
        Person person = district.person(operation);
        Person.Completion last = person.last();
        if (last != null) {
            HttpShop.Answer again = ask(() -> person.shop().post(last.path(), last.payment(), last.key()));
            expect(last.status(), again);
            expectSame(
                    "the order of " + last.path(),
                    last.orderId(),
                    again.body().path("orderId").asString(""));
        }
    }
}
