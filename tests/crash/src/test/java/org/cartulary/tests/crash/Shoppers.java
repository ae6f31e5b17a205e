package org.cartulary.tests.crash;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Patience;

/**
 * Guests who buy one unit after the other until they are sent home, each request repeated under its key until the answer is
 * final. They keep what they were promised, and every answer that no client can do anything with. Thread-safe.
 */
final class Shoppers implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> orders = new ConcurrentLinkedQueue<>();
    private final Queue<String> lies = new ConcurrentLinkedQueue<>();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicLong postponed = new AtomicLong();
    private final AtomicLong slowestMillis = new AtomicLong();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean open = true;

    /** That many guests begin to buy this product. */
    static Shoppers buying(String product, HttpShop visitor, int guests) {
        Shoppers shoppers = new Shoppers();
        for (int i = 0; i < guests; i++) {
            shoppers.threads.execute(() -> shoppers.shop(product, visitor));
        }
        return shoppers;
    }

    private void shop(String product, HttpShop visitor) {
        try {
            while (open) {
                buy(product, visitor);
            }
        } catch (RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    private void buy(String product, HttpShop visitor) {
        String token = ask(() -> visitor.post("/api/v1/store/carts", Map.of("items", List.of())))
                .expect(201)
                .path("guestToken")
                .asString();
        HttpShop shop = visitor.guest(token);
        Buyer guest = new Buyer(shop, "guest-" + UUID.randomUUID() + "@guest.example");
        String cart = ask(() -> shop.post("/api/v1/store/carts", Map.of("items", List.of())))
                .expect(201)
                .path("id")
                .asString();
        ask(() -> shop.put("/api/v1/store/carts/" + cart + "/items/" + product, Map.of("quantity", 1)))
                .expect(200);
        String key = UUID.randomUUID().toString();
        var checkout = ask(() -> shop.post("/api/v1/store/checkouts", guest.checkoutOf(cart), key))
                .expect(201);
        String path = "/api/v1/store/checkouts/" + checkout.path("id").asString();
        Map<String, String> method =
                Map.of("shippingMethodId", checkout.at("/shippingOptions/0/id").asString());
        ask(() -> shop.put(path + "/shipping-method", method)).expect(200);
        orders.add(ask(() -> shop.post(path + "/completions", Buyer.CARD, "pay-" + key))
                .expect(201)
                .path("orderId")
                .asString());
    }

    /** The final answer; those before it must say that a repetition is worth while, and when. */
    private HttpShop.Answer ask(Supplier<HttpShop.Answer> call) {
        return Patience.answer(() -> {
            HttpShop.Answer answer = timed(call);
            if (isHonest(answer)) {
                postponed.incrementAndGet();
            }
            if (answer.status() >= 500 && !isHonest(answer)) {
                lies.add(answer.status() + " to " + answer.text());
                // Told apart from what is said to be tried again, and yet tried again, so that the load goes on.
                return call.get();
            }
            return answer;
        });
    }

    private HttpShop.Answer timed(Supplier<HttpShop.Answer> call) {
        long begin = System.nanoTime();
        try {
            return call.get();
        } catch (HttpShop.UnansweredException e) {
            unanswered.add(String.valueOf(e.getMessage()));
            throw e;
        } finally {
            slowestMillis.accumulateAndGet(
                    Duration.ofNanos(System.nanoTime() - begin).toMillis(), Math::max);
        }
    }

    private static boolean isHonest(HttpShop.Answer answer) {
        return answer.status() == 503
                && answer.headers().firstValue("Retry-After").isPresent();
    }

    /** The ids of the orders that were promised so far. */
    Queue<String> orders() {
        return orders;
    }

    /** Answers that were neither final nor said when to come again. */
    Queue<String> lies() {
        return lies;
    }

    /** Requests to which no answer came. */
    Queue<String> unanswered() {
        return unanswered;
    }

    /** How often it was said that something cannot be done now, and when to come again. */
    long postponed() {
        return postponed.get();
    }

    /** How long the longest answer, or the lack of one, took. */
    Duration slowest() {
        return Duration.ofMillis(slowestMillis.get());
    }

    /** What stopped a guest from shopping. */
    Queue<Throwable> failures() {
        return failures;
    }

    /** Nobody begins to buy any more; returns when everybody has ended what they began. */
    void sendHome(Duration limit) throws InterruptedException {
        open = false;
        threads.shutdown();
        if (!threads.awaitTermination(limit.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("some still shop");
        }
    }

    @Override
    public void close() {
        open = false;
        threads.shutdownNow();
    }
}
