package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.CancelOrderResult;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several at once do something to the parcels of one order. */
@Tag("SHP-02")
class SendingTogetherDbTest {

    private static final int ROUNDS = 15;
    private static final SendingFixture SHOP = new SendingFixture();

    @AfterAll
    static void close() {
        SHOP.close();
    }

    /** What came of it in a word: a state, or the code of the refusal. */
    private static String word(Callable<ShipmentState> work) throws Exception {
        try {
            return work.call().status();
        } catch (ProblemException problem) {
            return problem.code();
        }
    }

    @Test
    void theLastUnitIsPackedOnce() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            UUID order = SHOP.confirmed();
            SHOP.pack(order, false, SHOP.units(order, 1, 1), SHOP.units(order, 2, 3));
            SentUnits last = SHOP.units(order, 1, 1);

            List<String> words = Concurrently.run(4, () -> word(() -> SHOP.pack(order, true, last)))
                    .valuesOrThrow();

            assertThat(words)
                    .containsExactlyInAnyOrder("SHIPPED", "more-than-left", "more-than-left", "more-than-left");
            assertThat(SHOP.units(order)).containsExactly("2 1 0 0", "3 0 0 0");
        }
        assertThat(SHOP.brokenInvariants()).isEmpty();
    }

    @Test
    void allThatIsLeftIsPackedOnce() throws InterruptedException {
        UUID order = SHOP.confirmed();
        List<String> words =
                Concurrently.run(4, () -> word(() -> SHOP.pack(order, false))).valuesOrThrow();
        assertThat(words).containsExactlyInAnyOrder("PENDING", "nothing-to-send", "nothing-to-send", "nothing-to-send");
    }

    @Test
    @Tag("ORD-06")
    void anOrderIsSentOrCancelledWhoeverComesFirst() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            UUID order = SHOP.confirmed();
            ShipmentState packed = SHOP.pack(order, false, SHOP.units(order, 1, 2));
            boolean cancelsLater = round % 2 == 0;

            List<Object> results = Concurrently.<Object>run(2, index -> {
                        if (index == 0) {
                            return word(() -> SHOP.move(packed, "SHIPPED"));
                        }
                        if (cancelsLater) {
                            SHOP.find(order);
                        }
                        return SHOP.orders.asSystem(
                                () -> SHOP.orders.orders.cancel(new CancelOrder(order, "changed-my-mind")));
                    })
                    .valuesOrThrow();

            if (results.getFirst().equals("SHIPPED")) {
                assertThat(results.getLast()).isEqualTo(new CancelOrderResult.NotCancellable("PARTIALLY_SHIPPED"));
                assertThat(SHOP.units(order)).containsExactly("2 2 0 0", "0 0 0 0");
            } else {
                assertThat(results).containsExactly("illegal-shipment-state", new CancelOrderResult.Cancelled());
                assertThat(SHOP.parcels(order)).containsExactly("CANCELLED");
                assertThat(SHOP.units(order)).containsExactly("0 0 0 0", "0 0 0 0");
            }
        }
        assertThat(SHOP.brokenInvariants()).isEmpty();
    }

    @Test
    void aParcelThatIsPackedWhileTheOrderIsCancelledIsCancelledOrNotPacked() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            UUID order = SHOP.confirmed();

            List<Object> results = Concurrently.<Object>run(
                            2,
                            index -> index == 0
                                    ? word(() -> SHOP.pack(order, false))
                                    : SHOP.orders.asSystem(
                                            () -> SHOP.orders.orders.cancel(new CancelOrder(order, "changed-my-mind"))))
                    .valuesOrThrow();

            assertThat(results.getFirst()).isIn("PENDING", "order-not-sendable");
            assertThat(results.getLast()).isEqualTo(new CancelOrderResult.Cancelled());
            assertThat(SHOP.parcels(order)).doesNotContain("PENDING");
            assertThat(SHOP.units(order)).containsExactly("0 0 0 0", "0 0 0 0");
        }
        assertThat(SHOP.brokenInvariants()).isEmpty();
    }

    @Test
    void aParcelArrivesOrIsLostOnce() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            UUID order = SHOP.confirmed();
            ShipmentState sent = SHOP.pack(order, true);

            List<String> words = Concurrently.run(
                            3, index -> word(() -> SHOP.move(sent, index == 0 ? "FAILED" : "DELIVERED")))
                    .valuesOrThrow();

            boolean arrived = words.getFirst().equals("illegal-shipment-state");
            assertThat(words.subList(1, 3)).containsOnly(arrived ? "DELIVERED" : "illegal-shipment-state");
            assertThat(SHOP.orders.status(order)).isEqualTo(arrived ? "DELIVERED" : "SHIPPED");
            assertThat(SHOP.units(order))
                    .isEqualTo(arrived ? List.of("2 2 2 0", "3 3 3 0") : List.of("0 0 0 0", "0 0 0 0"));
        }
        assertThat(SHOP.brokenInvariants()).isEmpty();
    }

    @Test
    void twoParcelsThatArriveAtOnceDeliverTheOrderOnce() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            UUID order = SHOP.confirmed();
            List<ShipmentState> sent = List.of(
                    SHOP.pack(order, true, SHOP.units(order, 1, 2)), SHOP.pack(order, true, SHOP.units(order, 2, 3)));

            Concurrently.run(2, index -> SHOP.move(sent.get(index), "DELIVERED"))
                    .valuesOrThrow();

            assertThat(SHOP.orders.status(order)).isEqualTo("DELIVERED");
            assertThat(SHOP.orders.events(order).stream().filter(event -> event.startsWith("order.delivered.v1")))
                    .hasSize(1);
        }
    }
}
