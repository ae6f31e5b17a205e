package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.ForkedPlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.HttpShop.Answer;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What reads and purchases cost in SQL, and what callers need not be sent twice. */
@Tag("PLT-16")
final class StatementsJourneyTest {

    private static final Pattern COST = Pattern.compile("(\\S+ \\S+) cost (\\d+) statements, (\\d+) transactions");

    /**
     * Of three lines, by a guest whose calls share their transactions with nobody: sixteen of them bind the tenant to a
     * transaction each. What happens after the answers is not counted.
     */
    private static final int MOST_STATEMENTS_OF_A_PURCHASE = 40;

    private static ForkedPlatform platform;
    private static Merchant merchant;

    @BeforeAll
    static void start() {
        Path data = Installation.freshFolder("statements");
        platform = ForkedPlatform.in(data)
                .onMigratedDatabases()
                .port(Installation.freePort())
                .property("logging.level.org.cartulary.platform.http.SqlBudgets", "DEBUG")
                .start();
        merchant = platform.merchant();
        merchant.sendEverywhere();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** What a call cost. */
    private record Cost(String call, int statements, int transactions) {}

    /** The costs of the calls after that message; they are logged a moment after the answers, and so waited for. */
    private static List<Cost> costsSince(int message, int calls) {
        Eventually.holds(
                calls + " calls are logged",
                Duration.ofMinutes(3),
                () -> messages().size() >= message + calls);
        return messages().stream()
                .skip(message)
                .map(COST::matcher)
                .filter(Matcher::find)
                .map(cost -> new Cost(cost.group(1), Integer.parseInt(cost.group(2)), Integer.parseInt(cost.group(3))))
                .toList();
    }

    /** How many messages there are when all calls that were answered are logged, which takes a moment. */
    private static int settled() {
        int earlier = messages().size();
        // It also has the tenant looked for, which is known for some seconds then.
        platform.visitor().get("/api/v1/store/categories").expect(200);
        Eventually.holds(
                "the last call is logged",
                Duration.ofMinutes(3),
                () -> messages().stream()
                        .skip(earlier)
                        .anyMatch(message -> message.contains(" /api/v1/store/categories cost ")));
        return messages().size();
    }

    /** What was logged of the costs of calls: a line each, with the statements on the lines below it. */
    private static List<String> messages() {
        List<String> messages = new ArrayList<>();
        try (Stream<String> lines = Files.lines(platform.output())) {
            boolean[] isOfCosts = {false};
            lines.forEach(line -> {
                if (!line.startsWith("  ")) {
                    isOfCosts[0] = line.contains("SqlBudgets");
                    if (isOfCosts[0]) {
                        messages.add(line);
                    }
                } else if (isOfCosts[0]) {
                    messages.add(messages.removeLast() + "\n" + line);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
    }

    private static Answer get(String path, String tag) {
        return platform.visitor().send("GET", path, null, Map.of("If-None-Match", tag));
    }

    private static String tag(Answer answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    /** A product whose stock the catalogue knows of: its word comes a moment later, and what is shown is read anew then. */
    private static String soldOnceItsStockIsTold(String price, int stock) {
        String product = merchant.product(price, stock);
        Eventually.holds(
                "the catalogue knows of the stock of " + product,
                Duration.ofMinutes(3),
                () -> platform.visitor()
                        .get("/api/v1/store/products?order=newest&limit=1&inStock=true")
                        .expect(200)
                        .at("/items/0/id")
                        .asString("")
                        .equals(product));
        return product;
    }

    @Test
    void whatACallerHasIsNotSentAgainUntilItChangesAndCostsNothing() {
        String product = soldOnceItsStockIsTold("19.90", 1);
        for (String path : List.of(
                "/api/v1/store/products/" + product,
                "/api/v1/store/products?order=newest&limit=1",
                "/api/v1/store/products?query=" + product.substring(0, 8),
                "/api/v1/store/categories")) {
            int earlier = settled();
            Answer first = platform.visitor().get(path);
            first.expect(200);
            costsSince(earlier, 1);
            assertThat(first.headers().allValues("Cache-Control")).containsExactly("no-cache");
            assertThat(first.headers().allValues("Vary")).contains("Authorization");
            int before = messages().size();
            Answer second = get(path, tag(first));
            assertThat(second.status()).as(path).isEqualTo(304);
            assertThat(second.text()).endsWith(": ");
            assertThat(tag(second)).isEqualTo(tag(first));
            assertThat(get(path, "\"another\"").expect(200)).isEqualTo(first.body());
            assertThat(costsSince(before, 2)).hasSize(2).allSatisfy(cost -> {
                assertThat(cost.statements()).isZero();
                assertThat(cost.transactions()).isZero();
            });
        }
        String path = "/api/v1/store/products/" + product;
        Answer old = platform.visitor().get(path);
        Answer mine = merchant.shop().get("/api/v1/admin/products/" + product);
        merchant.shop()
                .send(
                        "PUT",
                        "/api/v1/admin/products/" + product,
                        "{\"price\":{\"amount\":\"21.00\",\"currency\":\"EUR\"}}",
                        Map.of("If-Match", tag(mine)))
                .expect(200);
        Answer changed = get(path, tag(old));
        assertThat(changed.expect(200).at("/price/amount").asString()).isEqualTo("21.00");
        assertThat(tag(changed)).isNotEqualTo(tag(old));
    }

    @Test
    void aListCostsAsMuchWithManyRowsAsWithOne() {
        for (int i = 0; i < 30; i++) {
            merchant.product("5.00", 0);
        }
        int before = settled();
        platform.visitor().get("/api/v1/store/products?order=name&limit=1").expect(200);
        platform.visitor().get("/api/v1/store/products?order=name&limit=30").expect(200);
        List<Cost> costs = costsSince(before, 2);
        assertThat(costs).hasSize(2);
        // The first of them looks for the version besides.
        assertThat(costs.getLast().statements())
                .isLessThanOrEqualTo(costs.getFirst().statements());
        assertThat(costs.getLast().statements()).isPositive();
    }

    @Test
    void aPurchaseAsksNothingOfCatalogAndShippingAndNoCallIsOverItsBudget() {
        List<String> products = Stream.generate(() -> soldOnceItsStockIsTold("19.90", 100))
                .limit(3)
                .toList();
        purchase(products);
        int before = settled();
        purchase(products);
        List<Cost> costs = costsSince(before, 3);
        List<String> log = messages();
        assertThat(log.subList(before, log.size()))
                .noneMatch(message -> message.contains("\n  catalog: "))
                .noneMatch(message -> message.contains("\n  shipping: "));
        assertThat(costs)
                .extracting(Cost::call)
                .containsExactly(
                        "POST /api/v1/store/carts",
                        "POST /api/v1/store/checkouts",
                        "POST /api/v1/store/checkouts/{id}/completions");
        assertThat(costs.stream().mapToInt(Cost::statements).sum())
                .as("the statements of %s", costs)
                .isLessThanOrEqualTo(MOST_STATEMENTS_OF_A_PURCHASE);
        assertThat(log).noneMatch(message -> message.contains("is over its budget"));
    }

    private static void purchase(List<String> products) {
        HttpShop guest = platform.visitor().guest(UUID.randomUUID().toString());
        List<Map<String, Object>> items =
                products.stream().map(product -> Buyer.item(product, 1)).toList();
        Buyer buyer = new Buyer(guest, "guest-" + UUID.randomUUID() + "@guest.example");
        String cart = guest.post("/api/v1/store/carts", Map.of("items", items))
                .expect(201)
                .path("id")
                .asString();
        String checkout = guest.postOnce("/api/v1/store/checkouts", buyer.checkoutOf(cart))
                .expect(201)
                .path("id")
                .asString();
        buyer.complete(checkout, Buyer.CARD).expect(201);
    }
}
