package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Fifty buyers and one unit. */
@Tag("INV-02")
@Tag("PAY-06")
@ExtendWith(SharedInstallation.class)
final class LastUnitJourneyTest {

    private static final int BUYERS = 50;

    private final Installation installation;

    LastUnitJourneyTest(Installation installation) {
        this.installation = installation;
    }

    private record Ready(Buyer buyer, String checkout) {}

    @Test
    void lastUnitIsSoldOnceAndNobodyElsePays() throws InterruptedException {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("99.00", 1);
        List<Ready> ready = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            Buyer guest = Buyer.guest(installation.visitor());
            ready.add(new Ready(guest, guest.checkout(guest.cart(product, 1))));
        }
        Set<String> paymentsBefore = livePayments(merchant);

        List<HttpShop.Answer> answers = Concurrently.run(
                        BUYERS, i -> ready.get(i).buyer().complete(ready.get(i).checkout(), Buyer.CARD))
                .valuesOrThrow();

        List<HttpShop.Answer> placed =
                answers.stream().filter(answer -> answer.status() == 201).toList();
        assertThat(placed).hasSize(1);
        answers.stream()
                .filter(answer -> answer.status() != 201)
                .forEach(answer -> answer.expectProblem(409, "out-of-stock", "/lines/0"));
        assertThat(merchant.available(product)).isZero();
        Set<String> paymentsAfter = livePayments(merchant);
        paymentsAfter.removeAll(paymentsBefore);
        assertThat(paymentsAfter)
                .containsExactly(placed.getFirst().body().path("orderId").asString());
        assertThat(Reconciled.by(installation.operator()).breaches()).isEmpty();
    }

    /** The orders for which money is set aside or taken. */
    private static Set<String> livePayments(Merchant merchant) {
        Set<String> orders = new HashSet<>();
        String cursor = "";
        do {
            JsonNode page = merchant.shop()
                    .get("/api/v1/admin/payments?limit=100" + cursor)
                    .expect(200);
            for (JsonNode payment : page.path("items")) {
                if (Set.of("AUTHORIZED", "CAPTURED")
                        .contains(payment.path("status").asString())) {
                    orders.add(payment.path("orderId").asString());
                }
            }
            cursor = page.at("/page/hasMore").asBoolean()
                    ? "&cursor=" + page.at("/page/next").asString()
                    : "";
        } while (!cursor.isEmpty());
        return orders;
    }
}
