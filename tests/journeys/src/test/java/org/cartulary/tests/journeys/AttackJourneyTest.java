package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Patience;
import org.cartulary.tests.support.Reconciled;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Attacks by concurrent requests, after Warszawski and Bailis, "ACIDRain: Concurrency-Related Attacks on Database-Backed Web
 * Applications" (SIGMOD 2017). The last unit is in {@link LastUnitJourneyTest}, webhooks are in {@link PaymentWebhookJourneyTest}. What counts is what the records say in the
 * end, not the answers.
 */
@Tag("PLT-13")
@Tag("PAY-06")
@ExtendWith(SharedInstallation.class)
final class AttackJourneyTest {

    private static final int ATTACKERS = 16;
    private static final int UNITS = 50;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String CHECKOUTS = "/api/v1/store/checkouts/";

    /** Long enough for others to act while it is paid. */
    private static final Map<String, Object> SLOW_CARD = Buyer.card("tok:authorize=slow(3s)");

    private final Installation installation;
    private Merchant merchant;
    private String product;
    private Buyer guest;

    AttackJourneyTest(Installation installation) {
        this.installation = installation;
    }

    @BeforeEach
    void openTheShop() {
        merchant = installation.merchant();
        merchant.sendEverywhere();
        product = merchant.product("20.00", UNITS);
        guest = Buyer.guest(installation.visitor());
    }

    private static List<String> ordersOf(List<HttpShop.Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.status() == 201)
                .map(answer -> answer.body().path("orderId").asString())
                .toList();
    }

    private void assertThatTheyWereSoldOnce(int units, String order) {
        JsonNode payments = merchant.payments(order);
        assertThat(payments).hasSize(1);
        assertThat(merchant.available(product)).isEqualTo(UNITS - units);
        assertThat(merchant.shop()
                        .get("/api/v1/admin/stock?productId=" + product)
                        .expect(200)
                        .at("/items/0/reserved")
                        .asInt())
                .isZero();
        assertThatAllRecordsAgree();
    }

    private void assertThatAllRecordsAgree() {
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }

    @Test
    void checkoutThatIsCompletedManyTimesAtOnceIsOneOrder() throws InterruptedException {
        String checkout = guest.checkout(guest.cart(product, 1));

        List<HttpShop.Answer> answers = Concurrently.run(
                        ATTACKERS, () -> Patience.answer(once(CHECKOUTS + checkout + "/completions", Buyer.CARD)))
                .valuesOrThrow();

        List<String> orders = ordersOf(answers);
        assertThat(orders).hasSize(1);
        assertThatTheyWereSoldOnce(1, orders.getFirst());
    }

    @Test
    void cartThatIsInManyCheckoutsIsOneOrder() throws InterruptedException {
        String cart = guest.cart(product, 2);
        List<String> checkouts = new ArrayList<>();
        for (int i = 0; i < ATTACKERS; i++) {
            checkouts.add(guest.checkout(cart));
        }

        List<HttpShop.Answer> answers = Concurrently.run(
                        ATTACKERS,
                        i -> Patience.answer(once(CHECKOUTS + checkouts.get(i) + "/completions", Buyer.CARD)))
                .valuesOrThrow();

        List<String> orders = ordersOf(answers);
        assertThat(orders).hasSize(1);
        assertThatTheyWereSoldOnce(2, orders.getFirst());
    }

    @Test
    void cartThatIsFilledWhileItIsPaidCostsWhatIsSent() throws InterruptedException {
        String cart = guest.cart(product, 1);
        String checkout = guest.checkout(cart);
        String item = "/api/v1/store/carts/" + cart + "/items/" + product;

        List<HttpShop.Answer> answers = Concurrently.run(
                        ATTACKERS,
                        i -> i == 0
                                ? Patience.answer(once(CHECKOUTS + checkout + "/completions", SLOW_CARD))
                                : fillOnceItIsBeingPaid(checkout, item, 1 + i))
                .valuesOrThrow();

        String orderId = answers.getFirst().expect(201).path("orderId").asString();
        assertThat(answers).as("the cart was filled meanwhile").anyMatch(answer -> answer.status() == 200);
        JsonNode order = guest.shop().get("/api/v1/store/orders/" + orderId).expect(200);
        assertThat(order.at("/items/0/quantity").asInt()).isEqualTo(1);
        assertThat(order.at("/total/amount").asString()).isEqualTo("24.90");
        assertThatTheyWereSoldOnce(1, orderId);
    }

    private HttpShop.Answer fillOnceItIsBeingPaid(String checkout, String item, int quantity) {
        Eventually.holds(
                "the checkout is being completed",
                LIMIT,
                () -> !guest.shop()
                        .get(CHECKOUTS + checkout)
                        .expect(200)
                        .path("status")
                        .asString("")
                        .equals("OPEN"));
        return guest.shop().put(item, Map.of("quantity", quantity));
    }

    @Test
    void moneyIsGivenBackOnceHoweverManyAskForIt() throws InterruptedException {
        String order =
                guest.buy(product, 1, Buyer.CARD).expect(201).path("orderId").asString();
        Eventually.holds(
                "the payment is captured",
                LIMIT,
                () -> merchant.payments(order).at("/0/status").asString("").equals("CAPTURED"));
        Map<String, Object> everything = Map.of("reason", "it came back");

        List<HttpShop.Answer> answers = Concurrently.run(ATTACKERS, () -> {
                    String key = UUID.randomUUID().toString();
                    return Patience.answer(
                            () -> merchant.shop().post("/api/v1/admin/orders/" + order + "/refunds", everything, key));
                })
                .valuesOrThrow();

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        JsonNode payment = merchant.payments(order).path(0);
        assertThat(new BigDecimal(payment.at("/refunded/amount").asString()))
                .isEqualByComparingTo(payment.at("/captured/amount").asString());
        assertThatAllRecordsAgree();
    }

    private Supplier<HttpShop.Answer> once(String path, Object body) {
        String key = UUID.randomUUID().toString();
        return () -> guest.shop().post(path, body, key);
    }
}
