package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** Units that will not be sent: by decision of the shop, and because a refund puts them on sale again. Two of tea, three cups. */
@Tag("SHP-02")
class WithdrawingUnitsDbTest {

    private final UndoingFixture shop = new UndoingFixture();
    private final SendingFixture sender = new SendingFixture(shop.orders);

    @AfterEach
    void close() {
        shop.close();
    }

    private static ProblemException refused(ThrowingCallable call) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, call);
        assertThat(problem).isNotNull();
        return problem;
    }

    private RefundAnswer.RefundedOrder refund(UUID order, @Nullable String amount, UUID product, int units) {
        var request = new RefundOrder(
                amount == null ? null : OrderFixture.gbp(amount),
                "not wanted",
                units == 0 ? null : List.of(new RefundOrder.RestockLine(product, units)));
        String key = Ids.next().toString();
        return shop.shop().supply(() -> shop.undoing.refunding().refund(order, request, key));
    }

    private SentUnits tea(UUID order, int units) {
        return sender.units(order, 1, units);
    }

    private SentUnits cups(UUID order, int units) {
        return sender.units(order, 2, units);
    }

    /** The tea has arrived, and the cups are not packed. */
    private UUID withTeaDelivered() {
        UUID order = shop.captured();
        sender.move(sender.pack(order, true, tea(order, 2)), "DELIVERED");
        return order;
    }

    @Test
    @Tag("ORD-02")
    void anOrderIsDeliveredWithoutWhatIsWithdrawn() {
        UUID order = withTeaDelivered();
        assertThat(sender.withdraw(order, cups(order, 2))).isEqualTo("PARTIALLY_SHIPPED");
        assertThat(sender.withdraw(order, cups(order, 1))).isEqualTo("DELIVERED");

        assertThat(sender.units(order)).containsExactly("2 2 2 0", "0 0 0 3");
        assertThat(shop.orders.history(order)).endsWith("PARTIALLY_SHIPPED", "SHIPPED", "DELIVERED");
        assertThat(shop.orders.events(order).stream()
                        .map(event -> event.substring(0, event.indexOf(' ')))
                        .skip(2))
                .containsExactly(
                        "order.shipment-sent.v1",
                        "order.shipment-delivered.v1",
                        "order.units-withdrawn.v1",
                        "order.units-withdrawn.v1",
                        "order.delivered.v1");
        assertThat(sender.find(order).withdrawals())
                .extracting(withdrawal -> withdrawal.lines().getFirst().quantity())
                .containsExactly(2, 1);
        assertThat(refused(() -> sender.withdraw(order, cups(order, 1))).code()).isEqualTo("order-not-sendable");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-02")
    void anOrderEndsWhereWhatLeftWasLostAndNothingElseIsSent() {
        UUID partly = shop.captured();
        sender.move(sender.pack(partly, true, tea(partly, 2)), "FAILED");
        assertThat(sender.withdraw(partly, tea(partly, 2))).isEqualTo("PARTIALLY_SHIPPED");
        UUID whole = shop.captured();
        sender.move(sender.pack(whole, true), "RETURNED");
        assertThat(sender.withdraw(whole, tea(whole, 2))).isEqualTo("SHIPPED");
        for (UUID order : List.of(partly, whole)) {
            assertThat(sender.withdraw(order, cups(order, 3))).isEqualTo("DELIVERED");
            assertThat(shop.orders.history(order)).endsWith("SHIPPED", "DELIVERED");
            assertThat(shop.orders.events(order).getLast()).startsWith("order.delivered.v1");
        }
        assertThat(shop.orders.brokenInvariants()).isEmpty();

        sender.admin().sql("ALTER TABLE orders DISABLE TRIGGER USER").update();
        for (String state : List.of("PARTIALLY_SHIPPED", "SHIPPED")) {
            sender.admin()
                    .sql("UPDATE orders SET status = :state WHERE id = :id")
                    .param("state", state)
                    .param("id", whole)
                    .update();
            assertThat(shop.orders.brokenInvariants()).as(state).contains("order-follows-parcels");
        }
    }

    @Test
    @Tag("ORD-06")
    void anOrderEndsWhenTheRefundIsGivenThatWithdrawsTheLastOfWhatWasLost() {
        UUID order = shop.captured();
        sender.move(sender.pack(order, true, cups(order, 3)), "FAILED");
        sender.withdraw(order, tea(order, 2));
        shop.payments.unknownAnswers = 1;

        assertThat(refund(order, "30.00", shop.cup, 3).status()).isEqualTo("PENDING");

        assertThat(shop.orders.status(order)).isEqualTo("PARTIALLY_SHIPPED");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
        shop.recoverOnAnotherNode();
        assertThat(shop.orders.status(order)).isEqualTo("DELIVERED");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    void onlyWhatIsNotPackedIsWithdrawnAndNotPackedAnyMore() {
        UUID order = shop.captured();
        UUID other = shop.captured();
        sender.pack(order, false, cups(order, 1));
        ProblemException problem = refused(() -> sender.withdraw(order, cups(order, 3)));
        assertThat(problem.code()).isEqualTo("more-than-left");
        assertThat(problem.properties()).containsEntry("left", 2);
        assertThat(refused(() -> sender.withdraw(order, cups(other, 1))).code()).isEqualTo("invalid-request");
        assertThat(refused(() -> sender.withdraw(Ids.next(), cups(other, 1))).code())
                .isEqualTo("order-not-found");

        sender.withdraw(order, cups(order, 2), tea(order, 2));

        assertThat(refused(() -> sender.pack(order, false)).code()).isEqualTo("nothing-to-send");
        assertThat(refused(() -> sender.pack(order, false, tea(order, 1))).code())
                .isEqualTo("more-than-left");
        assertThat(sender.units(order)).containsExactly("0 0 0 2", "1 0 0 2");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-06")
    void whatIsForSaleAgainIsNotSentAndTheOrderIsDeliveredWithoutIt() {
        UUID order = withTeaDelivered();

        assertThat(refund(order, "30.00", shop.cup, 3).restock()).isEqualTo("RESTOCKED");

        assertThat(shop.orders.status(order)).isEqualTo("DELIVERED");
        assertThat(sender.units(order)).containsExactly("2 2 2 0", "0 0 0 3");
        assertThat(shop.orders.events(order).stream().map(event -> event.substring(0, event.indexOf(' '))))
                .endsWith("order.refunded.v1", "order.units-withdrawn.v1", "order.delivered.v1");
        shop.deliver();
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-06")
    void whileNobodyKnowsWhetherTheMoneyIsBackNothingIsSentAndNothingIsDone() {
        UUID order = withTeaDelivered();
        shop.payments.unknownAnswers = 1;

        assertThat(refund(order, "30.00", shop.cup, 3).status()).isEqualTo("PENDING");

        assertThat(shop.orders.status(order)).isEqualTo("PARTIALLY_SHIPPED");
        assertThat(refused(() -> sender.pack(order, true)).code()).isEqualTo("nothing-to-send");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
        shop.recoverOnAnotherNode();
        assertThat(shop.orders.status(order)).isEqualTo("DELIVERED");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-06")
    void aRefundThatIsRefusedGivesItsUnitsBackToBeSent() {
        UUID order = withTeaDelivered();
        shop.payments.refusal = "card-closed";

        assertThat(refused(() -> refund(order, "30.00", shop.cup, 3)).code()).isEqualTo("refund-refused");

        assertThat(shop.orders.status(order)).isEqualTo("PARTIALLY_SHIPPED");
        assertThat(sender.units(order)).containsExactly("2 2 2 0", "0 0 0 0");
        assertThat(sender.find(order).withdrawals())
                .singleElement()
                .satisfies(withdrawal -> assertThat(withdrawal.undoneAt()).isNotNull());
        assertThat(sender.pack(order, true).orderStatus()).isEqualTo("SHIPPED");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-06")
    void whatLiesInAParcelThatWaitsIsNotForSaleBeforeItIsTakenOut() {
        UUID order = shop.captured();
        ShipmentState packed = sender.pack(order, false, cups(order, 2));

        ProblemException problem = refused(() -> refund(order, "30.00", shop.cup, 3));
        assertThat(problem.code()).isEqualTo("restock-in-shipments");
        assertThat(problem.properties()).containsEntry("left", 1L).containsEntry("productId", shop.cup);
        assertThat(shop.orders.count("order_refunds")).isZero();

        sender.move(packed, "CANCELLED");
        assertThat(refund(order, "30.00", shop.cup, 3).status()).isEqualTo("COMPLETED");
        assertThat(sender.units(order)).containsExactly("0 0 0 0", "0 0 0 3");
        shop.deliver();
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-06")
    void whatIsUnderWayIsForSaleOnlyAfterItCameBackAndIsNotSentAnewThen() {
        UUID order = shop.captured();
        ShipmentState sent = sender.pack(order, true, cups(order, 3));
        for (String state : List.of("SHIPPED", "IN_TRANSIT")) {
            sender.move(sent, state);
            ProblemException problem = refused(() -> refund(order, "30.00", shop.cup, 3));
            assertThat(problem.code()).isEqualTo("restock-in-shipments");
            assertThat(problem.properties()).containsEntry("left", 0L);
        }
        assertThat(shop.orders.count("order_refunds")).isZero();

        sender.move(sent, "RETURNED");
        assertThat(refund(order, "30.00", shop.cup, 3).restock()).isEqualTo("RESTOCKED");
        assertThat(sender.units(order)).containsExactly("0 0 0 0", "0 0 0 3");
        assertThat(refused(() -> sender.pack(order, true, cups(order, 1))).code())
                .isEqualTo("more-than-left");
        sender.move(sender.pack(order, true), "DELIVERED");
        assertThat(shop.orders.status(order)).isEqualTo("DELIVERED");
        assertThat(refused(() -> refund(order, "10.00", shop.cup, 1)).code()).isEqualTo("restock-exceeds-order");
        shop.deliver();
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-06")
    void whatWasForSaleAgainBeforeThereWereParcelsIsNotSent() throws IOException {
        UUID order = shop.captured();
        refund(order, "20.00", shop.cup, 2);
        refund(order, "10.00", shop.cup, 1);
        UUID refused = shop.captured();
        shop.payments.refusal = "card-closed";
        assertThat(refused(() -> refund(refused, "30.00", shop.cup, 3)).code()).isEqualTo("refund-refused");
        shop.payments.refusal = null;
        UUID sent = shop.captured();
        shop.go(sent, "SHIPPED");
        refund(sent, "30.00", shop.cup, 3);
        shop.deliver();
        var admin = sender.admin();
        admin.sql("DELETE FROM order_withdrawals").update();
        admin.sql("UPDATE order_items SET withdrawn_quantity = 0").update();
        // The same product on two lines: two units of the first, three of the second.
        admin.sql("UPDATE order_items SET product_id = :cup WHERE order_id = :id")
                .param("cup", shop.cup)
                .param("id", order)
                .update();
        assertThat(shop.orders.brokenInvariants()).containsExactly("restocked-goods-are-not-sent");

        for (int time = 0; time < 2; time++) {
            admin.sql(new ClassPathResource("db/order/migrations/V0046__restocked_before_parcels.sql")
                            .getContentAsString(StandardCharsets.UTF_8))
                    .update();
            assertThat(sender.units(order)).containsExactly("0 0 0 2", "0 0 0 1");
            assertThat(sender.units(refused)).containsExactly("0 0 0 0", "0 0 0 0");
            assertThat(sender.units(sent)).containsExactly("0 0 0 0", "0 0 0 0");
        }
        assertThat(sender.find(order).withdrawals())
                .extracting(withdrawal -> withdrawal.lines().getFirst().quantity())
                .containsExactlyInAnyOrder(2, 1);
        assertThat(refused(() -> sender.pack(order, true, tea(order, 1))).code())
                .isEqualTo("more-than-left");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-06")
    void whatComesBackAfterItWasSentWithdrawsNothing() {
        UUID order = shop.captured();
        sender.move(sender.pack(order, true), "DELIVERED");
        refund(order, "10.00", shop.cup, 2);
        assertThat(sender.units(order)).containsExactly("2 2 2 0", "3 3 3 0");
        assertThat(refused(() -> refund(order, "10.00", shop.cup, 2)).code()).isEqualTo("restock-exceeds-order");
        shop.deliver();
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-06")
    void whatTheShopHasWithdrawnIsPutOnSaleFirst() {
        UUID order = shop.captured();
        sender.withdraw(order, cups(order, 1));
        refund(order, "10.00", shop.cup, 1);
        assertThat(sender.units(order)).containsExactly("0 0 0 0", "0 0 0 1");
        refund(order, "10.00", shop.cup, 1);
        assertThat(sender.units(order)).containsExactly("0 0 0 0", "0 0 0 2");
        sender.move(sender.pack(order, true), "DELIVERED");
        refund(order, "10.00", shop.cup, 1);
        assertThat(sender.units(order)).containsExactly("2 2 2 0", "1 1 1 2");
        assertThat(shop.inventory.units(order)).isEqualTo(2);
        shop.deliver();
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-06")
    void nothingWaitsToBeSentOfAnOrderThatIsGivenBackInFull() {
        UUID order = shop.captured();
        ShipmentState packed = sender.pack(order, false);
        refund(order, null, shop.cup, 0);
        assertThat(shop.orders.status(order)).isEqualTo("REFUNDED");
        assertThat(sender.parcels(order)).containsExactly("CANCELLED");
        assertThat(refused(() -> sender.move(packed, "SHIPPED")).code()).isEqualTo("illegal-shipment-state");
        assertThat(refused(() -> sender.pack(order, true)).code()).isEqualTo("order-not-sendable");
        shop.deliver();
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-06")
    void nothingLeavesWhileAllTheMoneyMayBeGivenBack() {
        UUID order = shop.captured();
        ShipmentState packed = sender.pack(order, false, cups(order, 3));
        refund(order, "10.00", shop.tea, 0);
        shop.payments.unknownAnswers = 1;
        assertThat(refund(order, null, shop.tea, 0).status()).isEqualTo("PENDING");

        assertThat(refused(() -> sender.pack(order, true)).code()).isEqualTo("order-refund-pending");
        assertThat(refused(() -> sender.pack(order, false, tea(order, 1))).code())
                .isEqualTo("order-refund-pending");
        assertThat(refused(() -> sender.move(packed, "SHIPPED")).code()).isEqualTo("order-refund-pending");
        assertThat(sender.parcels(order)).containsExactly("PENDING");
        shop.recoverOnAnotherNode();
        assertThat(shop.orders.status(order)).isEqualTo("REFUNDED");
        assertThat(sender.parcels(order)).containsExactly("CANCELLED");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-06")
    void whatMayStillBeRefusedInPartIsSent() {
        UUID order = shop.captured();
        shop.payments.unknownAnswers = 1;
        assertThat(refund(order, "54.49", shop.tea, 0).status()).isEqualTo("PENDING");
        assertThat(sender.pack(order, true).orderStatus()).isEqualTo("SHIPPED");
        shop.recoverOnAnotherNode();

        UUID refusedOne = shop.captured();
        shop.payments.refusal = "card-closed";
        assertThat(refused(() -> refund(refusedOne, null, shop.tea, 0)).code()).isEqualTo("refund-refused");
        assertThat(sender.pack(refusedOne, true).orderStatus()).isEqualTo("SHIPPED");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-06")
    void theLastUnitIsSentOrForSaleAgain() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            UUID order = shop.captured();
            SentUnits last = cups(order, 3);

            List<String> words = Concurrently.run(3, index -> {
                        try {
                            return switch (index) {
                                case 0 -> sender.pack(order, true, last).status();
                                case 1 -> refund(order, "30.00", shop.cup, 3).status();
                                default -> sender.withdraw(order, last);
                            };
                        } catch (ProblemException problem) {
                            return problem.code();
                        }
                    })
                    .valuesOrThrow();

            // What was withdrawn may be sold again: but a unit is sent or withdrawn once.
            assertThat(words.stream().filter(word -> word.equals("more-than-left")))
                    .hasSizeBetween(1, 2);
            assertThat(sender.units(order).getLast()).isIn("3 3 0 0", "0 0 0 3");
            assertThat(shop.orders.brokenInvariants()).isEmpty();
        }
    }

    @Test
    void theDatabaseCountsWhatIsWithdrawnWhoeverWrites() {
        UUID order = shop.captured();
        UUID other = shop.captured();
        sender.withdraw(order, cups(order, 3));
        String more = """
                INSERT INTO order_withdrawal_items (tenant_id, id, withdrawal_id, order_item_id, quantity)
                SELECT w.tenant_id, gen_random_uuid(), w.id, i.id, %d FROM order_withdrawals w, order_items i
                WHERE w.order_id = :id AND i.order_id = '%s' AND i.line_number = 1
                """;
        assertThatThrownBy(() -> sender.write(more.formatted(3, order), order))
                .hasMessageContaining("chk_order_items_units");
        assertThatThrownBy(() -> sender.write(more.formatted(1, other), order))
                .hasMessageContaining("only lines of an own order are withdrawn");
        assertThat(sender.write(more.formatted(1, order), order)).isEqualTo(1);
        assertThat(sender.units(order)).containsExactly("0 0 0 1", "0 0 0 3");
        assertThatThrownBy(() -> sender.write("UPDATE order_withdrawal_items SET quantity = 1 WHERE id <> :id", order))
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() ->
                        sender.write("UPDATE order_withdrawals SET undone_at = now() WHERE order_id = :id", order))
                .hasMessageContaining("chk_order_withdrawals_undone_at");
    }

    @Test
    void whatWasSentBeforeThereWereParcelsIsNeitherPackedNorWithdrawn() {
        UUID order = shop.captured();
        shop.go(order, "SHIPPED");
        assertThat(refused(() -> sender.pack(order, true)).code()).isEqualTo("order-not-sendable");
        assertThat(refused(() -> sender.pack(order, false, cups(order, 1))).code())
                .isEqualTo("order-not-sendable");
        assertThat(refused(() -> sender.withdraw(order, cups(order, 1))).code()).isEqualTo("order-not-sendable");
        assertThat(refund(order, "30.00", shop.cup, 3).restock()).isEqualTo("RESTOCKED");
        assertThat(sender.units(order)).containsExactly("0 0 0 0", "0 0 0 0");
        shop.deliver();
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    void whatWasDecidedIsNotRewrittenNorTakenAway() {
        UUID order = shop.captured();
        sender.pack(order, false, cups(order, 1));
        sender.withdraw(order, tea(order, 1));
        for (String attempt : List.of(
                "UPDATE order_withdrawals SET reason = 'other' WHERE order_id = :id",
                "UPDATE order_withdrawals SET refund_id = id WHERE order_id = :id",
                "UPDATE order_withdrawals SET withdrawn_by = 'nobody' WHERE order_id = :id",
                "DELETE FROM order_withdrawals WHERE order_id = :id",
                "DELETE FROM order_withdrawal_items WHERE order_item_id <> :id",
                "DELETE FROM order_shipments WHERE order_id = :id")) {
            assertThatThrownBy(() -> sender.write(attempt, order))
                    .as("app: %s", attempt)
                    .hasStackTraceContaining("permission denied");
            assertThatThrownBy(() -> sender.writeAsWorker(attempt, order))
                    .as("worker: %s", attempt)
                    .hasStackTraceContaining("permission denied");
        }
        assertThatThrownBy(() -> sender.writeAsWorker(
                        "UPDATE order_withdrawals SET undone_at = now() WHERE order_id = :id", order))
                .hasStackTraceContaining("permission denied");
    }

    @Test
    void aWithdrawalIsUndoneOnce() {
        UUID order = withTeaDelivered();
        shop.payments.refusal = "card-closed";
        assertThat(refused(() -> refund(order, "30.00", shop.cup, 3)).code()).isEqualTo("refund-refused");
        for (String value : List.of("NULL", "now() + interval '1 hour'")) {
            assertThatThrownBy(() -> sender.write(
                            "UPDATE order_withdrawals SET undone_at = " + value + " WHERE order_id = :id", order))
                    .hasMessageContaining("a withdrawal is undone once");
        }
    }

    @Test
    @Tag("PLT-27")
    void theInvariantsFindWithdrawalsThatDoNotFit() {
        UUID order = withTeaDelivered();
        refund(order, "10.00", shop.cup, 1);
        shop.deliver();
        assertThat(shop.orders.brokenInvariants()).isEmpty();
        var admin = sender.admin();
        admin.sql("ALTER TABLE order_withdrawals DISABLE TRIGGER USER").update();

        admin.sql("UPDATE order_items SET withdrawn_quantity = 2 WHERE order_id = :id AND line_number = 2")
                .param("id", order)
                .update();
        assertThat(shop.orders.brokenInvariants()).containsExactly("line-units-match-withdrawals");
        admin.sql("UPDATE order_items SET withdrawn_quantity = 1 WHERE order_id = :id AND line_number = 2")
                .param("id", order)
                .update();
        admin.sql("UPDATE order_refund_items SET quantity = 2").update();
        assertThat(shop.orders.brokenInvariants()).containsExactly("restocked-goods-are-not-sent");
        admin.sql("UPDATE order_refund_items SET quantity = 1").update();
        UUID other = shop.captured();
        admin.sql("UPDATE order_withdrawals SET order_id = :other")
                .param("other", other)
                .update();
        assertThat(shop.orders.brokenInvariants()).contains("withdrawal-goes-with-refund");
    }
}
