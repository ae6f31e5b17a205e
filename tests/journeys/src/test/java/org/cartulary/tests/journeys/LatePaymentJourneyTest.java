package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.DatabaseOwner;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * A payment and the end of its reservation come in either order: the goods are sold and paid for, or neither. The thread that runs the
 * purchase lets the time of the reservation pass and waits for the job that expires it.
 */
@Tag("INV-03")
@ExtendWith(SharedInstallation.class)
@HoldsThePlatform("lets reservations expire between the steps of a purchase")
final class LatePaymentJourneyTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int UNITS = 5;

    private final Installation shop;
    private final Merchant merchant;
    private final DatabaseOwner owner;
    private final String product;
    private final UUID tenant;

    LatePaymentJourneyTest(Installation installation) {
        shop = installation.withShopOfItsOwn();
        merchant = shop.merchant();
        merchant.sendEverywhere();
        product = merchant.product("20.00", UNITS);
        owner = new DatabaseOwner(shop.dataDirectory());
        tenant = owner.one(
                "catalog", UUID.class, "SELECT tenant_id FROM products WHERE id = ?", UUID.fromString(product));
    }

    @AfterEach
    void close() {
        owner.close();
    }

    @ParameterizedTest
    @CsvSource({"authorize-payment/done, tok_ok", "suspended/before, tok_timeout"})
    void aPaymentThatComesAfterTheReservationHasExpiredIsGivenUpAndNothingIsSold(String point, String card) {
        HttpShop.Answer answer = buy(point, card, () -> {
            makeOverdue();
            Eventually.holds(
                    "the reservation expires", LIMIT, () -> reservation().equals("EXPIRED"));
        });

        assertThat(answer.status()).as(answer.text()).isIn(202, 409);
        Eventually.holds("the order is cancelled", LIMIT, () -> order().equals("CANCELLED"));
        Eventually.holds("the payment is given up", LIMIT, () -> payment().equals("CANCELLED"));
        assertThat(charges().path("liveCharges").asInt()).isZero();
        assertThat(charges().path("captures").asInt()).isZero();
        assertThat(reservation()).isEqualTo("EXPIRED");
        assertThat(merchant.available(product)).isEqualTo(UNITS);
        assertThat(Reconciled.by(shop.operator()).breaches()).isEmpty();
    }

    @Test
    void aReservationThatIsPaidForInTimeDoesNotExpireAfterwards() {
        HttpShop.Answer answer = buy("confirm-reservation/done", "tok_ok", () -> {
            makeOverdue();
            long runs = runsOfTheJob();
            // The second one that begins now has seen it.
            Eventually.holds("the job looks for what is overdue", LIMIT, () -> runsOfTheJob() > runs + 1);
        });

        assertThat(answer.status()).as(answer.text()).isIn(201, 202);
        Eventually.holds("the order is confirmed", LIMIT, () -> order().equals("CONFIRMED"));
        Eventually.holds("the payment is captured", LIMIT, () -> payment().equals("CAPTURED"));
        assertThat(reservation()).isEqualTo("CONFIRMED");
        assertThat(merchant.available(product)).isEqualTo(UNITS - 2);
        assertThat(Reconciled.by(shop.operator()).breaches()).isEmpty();
    }

    private HttpShop.Answer buy(String point, String card, Runnable interruption) {
        Buyer buyer = Buyer.guest(shop.visitor());
        String checkout = buyer.checkout(buyer.cart(product, 2));
        InterruptedSagas.at("place-order", point, interruption);
        HttpShop.Answer answer = buyer.complete(checkout, Buyer.card(card));
        assertThat(InterruptedSagas.happened())
                .as("the purchase passes " + point)
                .isTrue();
        return answer;
    }

    private void makeOverdue() {
        int changed = owner.change(
                "inventory",
                "UPDATE inventory_reservations SET expires_at = now() - interval '1 second' WHERE tenant_id = ?",
                tenant);
        assertThat(changed).isEqualTo(1);
    }

    private String reservation() {
        return owner.one(
                "inventory", String.class, "SELECT status FROM inventory_reservations WHERE tenant_id = ?", tenant);
    }

    private long runsOfTheJob() {
        return owner.one(
                "inventory", Long.class, "SELECT run_count FROM job_results WHERE name = 'expire-reservations'");
    }

    private String orderId() {
        return owner.one("order", UUID.class, "SELECT id FROM orders WHERE tenant_id = ?", tenant)
                .toString();
    }

    private String order() {
        return owner.one("order", String.class, "SELECT status FROM orders WHERE tenant_id = ?", tenant);
    }

    private String payment() {
        return owner.one("payment", String.class, "SELECT status FROM payments WHERE tenant_id = ?", tenant);
    }

    private JsonNode charges() {
        return merchant.shop()
                .get("/api/v1/admin/test-provider/charges?orderId=" + orderId())
                .expect(200);
    }
}
