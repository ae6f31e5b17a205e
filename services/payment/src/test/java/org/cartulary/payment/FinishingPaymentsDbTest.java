package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.contracts.payment.AuthorizePaymentResult.AlreadyCancelled;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Unknown;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FinishingPaymentsDbTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();
    private static final PlacedOrders ORDERS = new PlacedOrders();
    private static final FinishingPayments FINISHING =
            new FinishingPayments(FIXTURE.work, new ExpiringPayment(FIXTURE.work, ORDERS));

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static UUID pending(String token, String orderStatus) {
        UUID order = Ids.next();
        ORDERS.statuses.put(order, orderStatus);
        assertThat(FIXTURE.authorize(order, token)).isInstanceOf(Unknown.class);
        return order;
    }

    @Test
    @Tag("PAY-05")
    void aPaymentIsLeftAloneForFifteenMinutes() {
        UUID order = pending("tok:authorize=timeout", "CREATED");
        FIXTURE.age(order, "14 minutes");
        FINISHING.run();
        assertThat(FIXTURE.status(order)).isEqualTo("PENDING");
        FIXTURE.age(order, "2 minutes");
        FINISHING.run();
        assertThat(FIXTURE.status(order)).isEqualTo("CANCELLED");
    }

    @Test
    @Tag("PAY-05")
    @Tag("PAY-06")
    void aPaymentThatTheProviderHasNotHeardOfExpiresForGood() {
        UUID order = pending("tok:authorize=timeout-then-ok", "CREATED");
        FIXTURE.age(order, "16 minutes");
        FINISHING.run();
        assertThat(FIXTURE.authorize(order, "tok:authorize=timeout-then-ok")).isInstanceOf(AlreadyCancelled.class);
        assertThat(FIXTURE.events(order)).isEqualTo("payment.cancelled.v1 2");
        assertThat(FIXTURE.transactions(order)).isEqualTo("AUTHORIZE FAILED 12.34, VOID SUCCEEDED 12.34");
        assertThat(FIXTURE.charge(order)).isEqualTo("VOIDED 0.00 0.00 0.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-05")
    @Tag("PAY-06")
    void aChargeThatIsFoundIsRecordedAndGivenBackIfNobodyWantsIt() {
        for (Map.Entry<String, String> expected : Map.of(
                        "CREATED", "AUTHORIZED", "CANCELLED", "CANCELLED", "GONE", "CANCELLED")
                .entrySet()) {
            UUID order = pending("tok:authorize=lost", expected.getKey());
            FIXTURE.age(order, "16 minutes");
            FINISHING.run();
            assertThat(FIXTURE.status(order)).as(expected.getKey()).isEqualTo(expected.getValue());
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-05")
    void aRefusalThatIsFoundIsRecorded() {
        UUID order = pending("tok:authorize=fail-then-declined(lost_card)", "CREATED");
        FIXTURE.testProvider
                .payments()
                .authorize(
                        ProviderKeys.authorize(order),
                        PaymentFixture.gbp("12.34"),
                        "tok:authorize=declined(lost_card)");
        FIXTURE.age(order, "16 minutes");
        FINISHING.run();
        assertThat(FIXTURE.status(order)).isEqualTo("FAILED");
    }

    @Test
    @Tag("PAY-05")
    void aProviderThatIsNotDoneIsAskedAgainLater() {
        UUID order = pending("tok:authorize=late(3)", "CREATED");
        FIXTURE.age(order, "16 minutes");
        FINISHING.run();
        FINISHING.run();
        assertThat(FIXTURE.status(order)).as("asked once a minute").isEqualTo("PENDING");
        for (int minute = 1; minute <= 2; minute++) {
            FIXTURE.age(order, "61 seconds");
            FINISHING.run();
        }
        assertThat(FIXTURE.status(order)).isEqualTo("AUTHORIZED");
    }

    @Test
    @Tag("PAY-05")
    @Tag("PAY-06")
    void anAuthorizationAtTheMomentOfExpiryIsNeverLost() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            UUID order = pending("tok:authorize=timeout-then-ok", "CREATED");
            FIXTURE.age(order, "16 minutes");
            Concurrently.<Object>run(2, index -> {
                        if (index == 0) {
                            return FIXTURE.authorize(order, "tok:authorize=timeout-then-ok");
                        }
                        FINISHING.run();
                        return "run";
                    })
                    .valuesOrThrow();
            assertThat(FIXTURE.status(order) + " " + FIXTURE.charge(order))
                    .isIn(
                            "AUTHORIZED AUTHORIZED 12.34 0.00 0.00",
                            "CANCELLED VOIDED 12.34 0.00 0.00",
                            "CANCELLED VOIDED 0.00 0.00 0.00");
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-05")
    @Tag("PAY-06")
    void aCaptureThatIsBegunWhileThePaymentIsBeingCancelledComesToAnEnd() throws Exception {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok_ok");
        FIXTURE.testProvider.payments().cancel(ProviderKeys.authorize(order), ProviderKeys.cancel(order));
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Payment>> begun = FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(tx -> {
                Payment payment = FIXTURE.store.lock(tx, order).orElseThrow();
                FIXTURE.store.voided(tx, payment, "void_1", "cancelled");
                Future<Optional<Payment>> waiting = other.submit(
                        () -> FIXTURE.asSystem(() -> FIXTURE.work.capturing().begin(order)));
                FIXTURE.testDatabase.awaitLockWaitOr(waiting::isDone);
                return waiting;
            }));
            assertThat(begun.get(60, TimeUnit.SECONDS)).isPresent();
        }
        assertThat(FIXTURE.transactions(order)).isEqualTo("AUTHORIZE SUCCEEDED 12.34, CAPTURE PENDING 12.34");
        FIXTURE.age(order, "2 hours");
        assertThat(FIXTURE.brokenInvariants()).containsExactly("no-stale-transaction");

        FINISHING.run();

        assertThat(FIXTURE.transactions(order)).isEqualTo("AUTHORIZE SUCCEEDED 12.34, CAPTURE FAILED 12.34");
        assertThat(FIXTURE.status(order)).isEqualTo("CANCELLED");
        assertThat(FIXTURE.charge(order)).isEqualTo("VOIDED 12.34 0.00 0.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-05")
    @Tag("PAY-06")
    void capturesVoidsAndRefundsWithoutAKnownOutcomeAreAskedForAgainAfterAMinute() {
        UUID capture = Ids.next();
        FIXTURE.authorize(capture, "tok:capture=lost-then-ok");
        assertThatThrownBy(() -> FIXTURE.capture(capture)).isInstanceOf(IllegalStateException.class);
        UUID voiding = Ids.next();
        FIXTURE.authorize(voiding, "tok:void=lost-then-ok");
        assertThat(FIXTURE.cancel(voiding)).isInstanceOf(CancelPaymentResult.Unknown.class);
        UUID refund = FIXTURE.captured("tok:refund=lost-then-ok");
        FIXTURE.refund(refund, Ids.next(), "3.00");
        FINISHING.run();
        assertThat(List.of(FIXTURE.status(capture), FIXTURE.status(voiding), FIXTURE.status(refund)))
                .containsExactly("AUTHORIZED", "AUTHORIZED", "CAPTURED");
        List.of(capture, voiding, refund).forEach(order -> FIXTURE.age(order, "61 seconds"));
        FINISHING.run();
        assertThat(List.of(FIXTURE.status(capture), FIXTURE.status(voiding), FIXTURE.status(refund)))
                .containsExactly("CAPTURED", "CANCELLED", "PARTIALLY_REFUNDED");
        assertThat(FIXTURE.charge(refund)).isEqualTo("CAPTURED 12.34 12.34 3.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-05")
    void oneThatFailsDoesNotKeepTheOthersWaiting() {
        UUID bad = Ids.next();
        FIXTURE.authorize(bad, "tok:capture=fail");
        UUID good = Ids.next();
        FIXTURE.authorize(good, "tok:capture=fail-then-ok");
        for (UUID order : List.of(bad, good)) {
            assertThatThrownBy(() -> FIXTURE.capture(order)).isInstanceOf(IllegalStateException.class);
            FIXTURE.age(order, "61 seconds");
        }
        assertThatThrownBy(FINISHING::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(bad.toString());
        assertThat(FIXTURE.status(good)).isEqualTo("CAPTURED");
        FIXTURE.cancel(bad);
    }
}
