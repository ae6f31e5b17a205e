package org.cartulary.tests.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * No answer of the public API names anything of another shop: whoever asks, whatever for, with whatever they were given there. All
 * that belongs to the other shop is known from its rows, so that a leak shows wherever it is.
 */
@HoldsThePlatform("reads its databases")
@ExtendWith(Neighbourhood.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("PLT-17")
final class AnswerIsolationTest {

    private static final int THREADS = 16;
    private static final int CALLS_PER_THREAD = 60;
    private static final long SEED = 42;

    private final WalkedShop shop;
    private final WalkedShop other;
    private final EndpointWalk walk;
    private final Traces ofTheShop;
    private final Traces ofTheOther;

    AnswerIsolationTest(Neighbourhood neighbourhood) {
        shop = neighbourhood.shop();
        other = neighbourhood.other();
        walk = new EndpointWalk(other);
        ofTheShop = Traces.of(neighbourhood.owner(), shop.tenantId());
        ofTheOther = Traces.of(neighbourhood.owner(), other.tenantId());
    }

    @Test
    void noAnswerNamesAnythingOfAnotherShop() {
        List<String> leaks = new ArrayList<>();
        List<WalkCaller> insiders = shop.insiders(other);
        int calls = 0;
        for (PublicEndpoint endpoint : PublicEndpoint.declared()) {
            if (endpoint.name().startsWith("DELETE /api/v1/store/sessions")) {
                continue;
            }
            String theirs = other.objectOf(endpoint.path());
            for (WalkCaller caller : insiders) {
                for (String object : List.of(UUID.randomUUID().toString(), theirs)) {
                    calls++;
                    HttpShop.Answer answer = walk.ask(endpoint, caller, object, other.bodyFor(endpoint));
                    ofTheOther.in(answer.text() + answer.headers().map(), object).stream()
                            .filter(id -> !id.equals(other.product()))
                            .forEach(id -> leaks.add(caller.name() + " learns " + id + " by " + answer.text()));
                }
            }
        }
        System.out.printf(
                "isolation: %d calls, scanned for %d ids of another shop%n",
                calls, ofTheOther.ids().size());
        assertThat(leaks).isEmpty();
    }

    @Test
    void whatAShopWasGivenIsWorthNothingInAnotherOne() {
        HttpShop mine = shop.customer();
        HttpShop theirs = other.customer();
        Map<String, Object> wanted = Map.of("items", List.of());

        String key = UUID.randomUUID().toString();
        JsonNode first = theirs.post("/api/v1/store/carts", wanted, key).expect(201);
        JsonNode second = mine.post("/api/v1/store/carts", wanted, key).expect(201);
        assertThat(second.path("id")).as("the answer to another shop's key").isNotEqualTo(first.path("id"));

        String cursor = other.clerk()
                .get("/api/v1/admin/orders?limit=1")
                .expect(200)
                .at("/page/next")
                .asString();
        shop.clerk().get("/api/v1/admin/orders?limit=1&cursor=" + cursor).expectProblem(400, "invalid-cursor");

        Buyer guest = Buyer.guest(other.visitor());
        String cart = guest.cart(other.product(), 1);
        shop.visitor()
                .guest(guest.shop().guestToken())
                .get("/api/v1/store/carts/" + cart)
                .expectProblem(404, "cart-not-found");

        String refresh = other.refreshToken();
        shop.visitor()
                .post("/api/v1/store/sessions/refreshes", Map.of("refreshToken", refresh))
                .expectProblem(401, "invalid-refresh-token");
        other.visitor()
                .post("/api/v1/store/sessions/refreshes", Map.of("refreshToken", refresh))
                .expect(200);

        for (String list : List.of("products", "categories")) {
            String path = "/api/v1/store/" + list;
            String tag = theirs.get(path).headers().firstValue("ETag").orElse("\"none\"");
            assertThat(mine.send("GET", path, null, Map.of("If-None-Match", tag))
                            .status())
                    .as("what another shop's ETag says of the %s", list)
                    .isEqualTo(200);
        }
        assertThat(mine.get("/api/v1/store/products?query=Journey").expect(200).toString())
                .contains(shop.product())
                .doesNotContain(other.product());
    }

    @Test
    @Tag("PLT-18")
    void noAnswerNamesAnythingOfAnotherCustomer() {
        List<String> theirs = shop.belongingsOfTheCustomer();
        List<WalkCaller> neighbours = shop.neighbours();
        List<String> leaks = new ArrayList<>();
        int calls = 0;
        for (PublicEndpoint endpoint : PublicEndpoint.declared()) {
            if (!endpoint.path().startsWith("/api/v1/store/")
                    || endpoint.name().startsWith("DELETE /api/v1/store/sessions")) {
                continue;
            }
            String object = shop.objectOf(endpoint.path());
            for (WalkCaller neighbour : neighbours) {
                calls++;
                String answer = walk.ask(endpoint, neighbour, object, shop.bodyFor(endpoint))
                        .text();
                theirs.stream()
                        .filter(id -> !id.equals(object) && answer.contains(id))
                        .forEach(id -> leaks.add(neighbour.name() + " learns " + id + " by " + answer));
            }
        }
        System.out.printf("isolation: %d calls for what is another customer's%n", calls);
        assertThat(leaks).isEmpty();
    }

    /** Connections, batches and caches are shared by all shops: none keeps anything of the one for whom it worked before. */
    @Test
    void whoAsksAtTheSameTimeGetsWhatIsTheirOwn() throws InterruptedException, ExecutionException {
        List<String> leaks = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                RandomGenerator random = RandomGeneratorFactory.getDefault().create(SEED + thread);
                running.add(threads.submit(() -> askAtRandom(random, leaks)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        System.out.printf("isolation: %d calls at the same time, seed %d%n", THREADS * CALLS_PER_THREAD, SEED);
        assertThat(leaks).isEmpty();
    }

    private void askAtRandom(RandomGenerator random, List<String> leaks) {
        for (int call = 0; call < CALLS_PER_THREAD; call++) {
            boolean isOther = random.nextBoolean();
            WalkedShop asked = isOther ? other : shop;
            Traces foreign = isOther ? ofTheShop : ofTheOther;
            HttpShop.Answer answer = ask(asked, random.nextInt(9));
            foreign.in(answer.text(), "").forEach(id -> leaks.add(id + " came with " + answer.text()));
        }
    }

    private static HttpShop.Answer ask(WalkedShop shop, int what) {
        return switch (what) {
            case 0 -> shop.customer().get("/api/v1/store/orders");
            case 1 -> shop.customer().get("/api/v1/store/customers/me");
            case 2 ->
                shop.customer().post("/api/v1/store/carts", Map.of("items", List.of(Buyer.item(shop.product(), 1))));
            case 3 -> shop.clerk().get("/api/v1/admin/orders");
            case 4 -> shop.clerk().get("/api/v1/admin/payments");
            case 5 -> shop.visitor().get("/api/v1/store/products");
            case 6 ->
                shop.visitor().post("/api/v1/store/carts", Map.of("items", List.of(Buyer.item(shop.product(), 1))));
            case 7 -> shop.customer().get("/api/v1/store/orders/" + UUID.randomUUID());
            default -> shop.clerk().get("/api/v1/admin/customers");
        };
    }
}
