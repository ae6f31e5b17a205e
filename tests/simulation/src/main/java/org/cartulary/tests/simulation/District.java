package org.cartulary.tests.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Patience;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A part of the shop with products and buyers of its own: what happens there is in nobody else's truth, so that many
 * districts may live at the same time and each model stays exact. For one thread.
 *
 * <p>Every call may be repeated, and is repeated until its answer is final: the platform may be killed at any moment.
 */
final class District {

    private static final String CARTS = "/api/v1/store/carts";
    private static final String CHECKOUTS = "/api/v1/store/checkouts";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int PRODUCTS = 3;
    private static final int GUESTS = 2;
    private static final int MOST_UNITS = 5;
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private final Truth truth = new Truth();
    private final List<String> products = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private HttpShop visitor;
    private Merchant merchant;
    private @Nullable Map<String, Object> lastReceipt;

    private District(HttpShop visitor, Merchant merchant) {
        this.visitor = visitor;
        this.merchant = merchant;
    }

    /** A checkout that can be completed. */
    private record Opened(String path, BigDecimal total) {}

    /** A new one, with three products and three buyers, one of whom has an account. */
    static District open(HttpShop visitor, Merchant merchant, SplittableRandom random) {
        District district = new District(visitor, merchant);
        for (int i = 0; i < PRODUCTS; i++) {
            // Above the least total of an order, which is not what this is about.
            BigDecimal price = BigDecimal.valueOf(random.nextInt(1_000, 5_000), 2);
            int units = random.nextInt(0, 30);
            String id = merchant.product(price.toPlainString(), units);
            district.products.add(id);
            district.truth.sell(id, price, units);
        }
        district.people.add(Person.customer(visitor));
        for (int i = 0; i < GUESTS; i++) {
            district.people.add(Person.guest(visitor));
        }
        return district;
    }

    /** Everybody signs in again, at the platform as it is now. */
    void renew(HttpShop newVisitor, Merchant newMerchant) {
        visitor = newVisitor;
        merchant = newMerchant;
        people.forEach(person -> person.renew(newVisitor));
    }

    Truth truth() {
        return truth;
    }

    /** Whether the platform sells what the model says, checked by {@link DistrictCheck}. */
    List<String> products() {
        return products;
    }

    Merchant merchant() {
        return merchant;
    }

    private Person person(Operation operation) {
        return people.get(operation.who() % people.size());
    }

    private String product(Operation operation) {
        return products.get(operation.what() % products.size());
    }

    private static HttpShop.Answer ask(Supplier<HttpShop.Answer> call) {
        return Patience.answer(call);
    }

    private static JsonNode expect(int status, HttpShop.Answer answer) {
        if (answer.status() != status) {
            throw new Discrepancy("expected " + status + ", was answered " + answer.status() + " to " + answer.text());
        }
        return answer.body();
    }

    private static void expectProblem(int status, String code, HttpShop.Answer answer) {
        JsonNode body = expect(status, answer);
        if (!body.path("code").asString("").equals(code)) {
            throw new Discrepancy("expected " + code + " to " + answer.text());
        }
    }

    private static void expectSame(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new Discrepancy(what + ": expected " + expected + ", is " + actual);
        }
    }

    // Carts.

    private String cartOf(Person person) {
        String id = person.cart.id;
        if (id == null) {
            id = expect(201, ask(() -> person.shop().post(CARTS, Map.of("items", List.of()))))
                    .path("id")
                    .asString();
            person.cart.id = id;
        }
        return id;
    }

    void fill(Operation operation) {
        fill(person(operation), product(operation), 1 + operation.howMany() % MOST_UNITS);
    }

    private void fill(Person person, String product, int units) {
        String path = CARTS + "/" + cartOf(person) + "/items/" + product;
        expect(200, ask(() -> person.shop().put(path, Map.of("quantity", units))));
        person.cart.lines.put(product, units);
    }

    void remove(Operation operation) {
        Person person = person(operation);
        String product = product(operation);
        if (person.cart.lines.remove(product) != null) {
            String path = CARTS + "/" + cartOf(person) + "/items/" + product;
            expect(200, ask(() -> person.shop().send("DELETE", path, null, Map.of())));
        }
    }

    void look(Operation operation) {
        Person person = person(operation);
        String cart = person.cart.id;
        if (cart != null) {
            Map<String, Integer> lines = new TreeMap<>();
            for (JsonNode line : expect(200, ask(() -> person.shop().get(CARTS + "/" + cart)))
                    .path("lines")) {
                lines.put(
                        line.path("productId").asString(), line.path("quantity").asInt());
            }
            expectSame("the cart " + cart, person.cart.lines, lines);
        }
        Truth.Order order = truth.orderOf(operation.who() % people.size(), operation.what());
        if (order != null) {
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

    void merge(Operation operation) {
        Person customer = people.getFirst();
        Person guest = Person.guest(visitor);
        String product = product(operation);
        int units = 1 + operation.howMany() % MOST_UNITS;
        fill(guest, product, units);
        String token = guest.shop().guestToken();
        JsonNode merged = expect(200, ask(() -> customer.shop().post(CARTS + "/merges", Map.of("guestToken", token))));
        customer.cart.id = merged.path("id").asString();
        customer.cart.lines.merge(product, units, Integer::sum);
    }

    // Orders.

    private @Nullable Opened open(Person person) {
        if (person.cart.lines.isEmpty()) {
            return null;
        }
        String key = UUID.randomUUID().toString();
        Map<String, Object> request = person.buyer().checkoutOf(cartOf(person));
        JsonNode checkout = expect(201, ask(() -> person.shop().post(CHECKOUTS, request, key)));
        String path = CHECKOUTS + "/" + checkout.path("id").asString();
        JsonNode option = checkout.at("/shippingOptions/0");
        JsonNode chosen = expect(
                200,
                ask(() -> person.shop()
                        .put(
                                path + "/shipping-method",
                                Map.of("shippingMethodId", option.path("id").asString()))));
        BigDecimal total = truth.total(
                person.cart.lines, new BigDecimal(option.at("/price/amount").asString()));
        expectSame(
                "the total of " + path,
                total,
                new BigDecimal(chosen.at("/total/amount").asString()));
        return new Opened(path + "/completions", total);
    }

    void buy(Operation operation) {
        Person person = person(operation);
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
        String key = UUID.randomUUID().toString();
        HttpShop.Answer answer = ask(() -> person.shop().post(checkout.path(), Buyer.card(token), key));
        int status = !truth.has(person.cart.lines) ? 409 : declined ? 402 : 201;
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
        String id = placed.path("orderId").asString();
        truth.order(id, operation.who() % people.size(), person.cart.lines, checkout.total());
        String cart = Objects.requireNonNull(person.cart.id);
        // A job tells the cart of its order where the platform died before it could.
        Eventually.holds(
                "the cart " + cart + " is ordered",
                LIMIT,
                () -> !expect(200, ask(() -> person.shop().get(CARTS + "/" + cart)))
                        .path("status")
                        .asString()
                        .equals("ACTIVE"));
        person.cart.ordered();
    }

    void editDuringCheckout(Operation operation) {
        Person person = person(operation);
        Opened checkout = open(person);
        if (checkout == null) {
            return;
        }
        String product = product(operation);
        fill(person, product, person.cart.lines.getOrDefault(product, 0) % MOST_UNITS + 1);
        String key = UUID.randomUUID().toString();
        expectProblem(409, "cart-changed", ask(() -> person.shop().post(checkout.path(), Buyer.CARD, key)));
    }

    void buyTwiceAtOnce(Operation operation) {
        Person person = person(operation);
        Opened checkout = open(person);
        if (checkout == null) {
            return;
        }
        List<HttpShop.Answer> placed = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpShop.Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                String key = UUID.randomUUID().toString();
                calls.add(threads.submit(() -> ask(() -> person.shop().post(checkout.path(), Buyer.CARD, key))));
            }
            for (Future<HttpShop.Answer> call : calls) {
                HttpShop.Answer answer = call.get();
                if (answer.status() == 201) {
                    placed.add(answer);
                } else {
                    expect(409, answer);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        expectSame("orders of " + checkout.path(), truth.has(person.cart.lines) ? 1 : 0, placed.size());
        if (!placed.isEmpty()) {
            ordered(operation, person, checkout, placed.getFirst().body());
        }
    }

    void repeatCompletion(Operation operation) {
        Person.Completion last = person(operation).last();
        if (last != null) {
            HttpShop.Answer again = ask(() -> person(operation).shop().post(last.path(), last.payment(), last.key()));
            expect(last.status(), again);
            expectSame(
                    "the order of " + last.path(),
                    last.orderId(),
                    again.body().path("orderId").asString(""));
        }
    }

    void cancel(Operation operation) {
        Truth.Order order = truth.orderOf(operation.who() % people.size(), operation.what());
        if (order == null || order.cancelled || order.refunded.signum() > 0) {
            return;
        }
        String key = UUID.randomUUID().toString();
        String path = "/api/v1/admin/orders/" + order.id + "/cancellations";
        expect(201, ask(() -> merchant.shop().post(path, Map.of("reason", "the simulation wants it"), key)));
        truth.cancel(order);
    }

    void refund(Operation operation) {
        Truth.Order order = truth.orderOf(operation.who() % people.size(), operation.what());
        if (order == null || order.kept().signum() == 0) {
            return;
        }
        BigDecimal amount =
                CENT.multiply(BigDecimal.valueOf(1L + operation.howMany())).min(order.kept());
        Eventually.holds(
                "the payment of " + order.id + " is taken",
                LIMIT,
                () -> !DistrictCheck.payment(this, order)
                        .path("status")
                        .asString("")
                        .equals("AUTHORIZED"));
        String key = UUID.randomUUID().toString();
        Map<String, Object> request = new HashMap<>();
        request.put("amount", Map.of("amount", amount.toPlainString(), "currency", "EUR"));
        request.put("reason", "the simulation wants it");
        String path = "/api/v1/admin/orders/" + order.id + "/refunds";
        expect(201, ask(() -> merchant.shop().post(path, request, key)));
        order.refunded = order.refunded.add(amount);
        order.changed = true;
    }

    // Stock.

    void restock(Operation operation) {
        String product = product(operation);
        int units = 1 + operation.howMany() % 12;
        Map<String, Object> receipt = Map.of(
                "productId",
                product,
                "quantity",
                units,
                "reference",
                UUID.randomUUID().toString());
        receive(receipt);
        lastReceipt = receipt;
        truth.change(product, units);
    }

    void repeatReceipt(Operation operation) {
        if (lastReceipt != null) {
            expectSame("what came of a repeated receipt", "already-received", receive(lastReceipt));
        }
    }

    private String receive(Map<String, Object> receipt) {
        return expect(
                        200,
                        ask(() -> merchant.shop()
                                .post("/api/v1/admin/stock-receipts/batches", Map.of("receipts", List.of(receipt)))))
                .at("/results/0/outcome")
                .asString();
    }

    void writeOff(Operation operation) {
        String product = product(operation);
        int units = 1 + operation.howMany() % 8;
        String key = UUID.randomUUID().toString();
        Map<String, Object> adjustment = Map.of("productId", product, "change", -units, "reason", "broken");
        HttpShop.Answer answer = ask(() -> merchant.shop().post("/api/v1/admin/stock-adjustments", adjustment, key));
        if (truth.stock(product) >= units) {
            expect(201, answer);
            truth.change(product, -units);
        } else {
            expectProblem(409, "insufficient-stock", answer);
        }
    }
}
