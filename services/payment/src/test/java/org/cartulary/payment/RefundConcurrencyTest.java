package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.contracts.payment.RefundPayment;
import org.cartulary.contracts.payment.RefundPaymentResult;
import org.cartulary.contracts.payment.RefundPaymentResult.Refunded;
import org.cartulary.contracts.payment.RefundPaymentResult.Refused;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class RefundConcurrencyTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    @Tag("PAY-02")
    @Tag("PAY-06")
    void ofTwoFullRefundsAtTheSameTimeExactlyOneIsMade() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            UUID order = FIXTURE.captured("tok_ok");
            List<RefundPaymentResult> results = Concurrently.run(2, () -> FIXTURE.refund(order, Ids.next(), "12.34"))
                    .valuesOrThrow();
            assertThat(results).filteredOn(Refunded.class::isInstance).hasSize(1);
            assertThat(results).filteredOn(Refused.class::isInstance).hasSize(1);
            assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 12.34");
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-02")
    @Tag("PAY-06")
    void ofTwentyPartialRefundsAtTheSameTimeOnlyThoseThatFitAreMade() throws InterruptedException {
        UUID order = FIXTURE.captured("tok_ok");
        List<RefundPaymentResult> results = Concurrently.run(20, () -> FIXTURE.refund(order, Ids.next(), "1.50"))
                .valuesOrThrow();
        assertThat(results).filteredOn(Refunded.class::isInstance).hasSize(8);
        assertThat(results)
                .filteredOn(Refused.class::isInstance)
                .hasSize(12)
                .allSatisfy(refused -> assertThat(((Refused) refused).code()).isEqualTo("refund-exceeds-capture"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 12.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void refundsWithoutAKnownOutcomeHoldTheirAmountsAgainstEachOther() throws InterruptedException {
        UUID order = FIXTURE.captured("tok:refund=timeout-then-ok");
        List<RefundPaymentResult> results = Concurrently.run(6, () -> FIXTURE.refund(order, Ids.next(), "5.00"))
                .valuesOrThrow();
        assertThat(results).filteredOn(Refused.class::isInstance).hasSize(4);
        assertThat(FIXTURE.cancel(order)).isInstanceOf(CancelPaymentResult.Unknown.class);
        assertThat(FIXTURE.cancel(order)).isEqualTo(new CancelPaymentResult.Cancelled("REFUNDED"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 12.34");
    }

    @Test
    @Tag("PAY-06")
    void theSameRefundAtTheSameTimeIsMadeOnce() throws InterruptedException {
        UUID order = FIXTURE.captured("tok_ok");
        UUID refund = Ids.next();
        assertThat(Concurrently.run(6, () -> FIXTURE.refund(order, refund, "5.00"))
                        .valuesOrThrow())
                .containsOnly(
                        new Refunded(PaymentFixture.gbp("5.00"), PaymentFixture.gbp("5.00"), "PARTIALLY_REFUNDED"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 5.00");
        assertThat(FIXTURE.events(order)).isEqualTo("payment.captured.v1 3, payment.refunded.v1 5");
    }

    @Test
    @Tag("PAY-06")
    void aRefundAndACancellationAtTheSameTimeGiveBackAllOnce() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            UUID order = FIXTURE.captured("tok_ok");
            List<Object> results = Concurrently.<Object>run(
                            2, index -> index == 0 ? FIXTURE.refund(order, Ids.next(), "5.00") : FIXTURE.cancel(order))
                    .valuesOrThrow();
            assertThat(results).contains(new CancelPaymentResult.Cancelled("REFUNDED"));
            assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 12.34");
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-02")
    void theConstraintAloneRefusesWhatExceedsTheCaptureAndNothingElseDoes() {
        try (PaymentFixture fixture = new PaymentFixture()) {
            UUID order = fixture.captured("tok_ok");
            fixture.refund(order, Ids.next(), "12.00");
            assertThatThrownBy(() -> setAside(fixture, order))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("chk_payments_refunding_amount");
            assertThat(fixture.brokenInvariants()).isEmpty();
            fixture.testDatabase
                    .admin()
                    .sql("ALTER TABLE payments DROP CONSTRAINT chk_payments_refunding_amount")
                    .update();
            assertThat(setAside(fixture, order)).isOne();
            assertThat(fixture.brokenInvariants()).contains("refunds-within-capture");
        }
    }

    private static int setAside(PaymentFixture fixture, UUID order) {
        return fixture.asSystem(() -> fixture.database.inTransaction(tx -> tx.jdbc()
                .sql("UPDATE payments SET refunding_amount = 1.00 WHERE order_id = :order")
                .param("order", order)
                .update()));
    }

    @Test
    @Tag("PAY-06")
    @Tag("PLT-13")
    void ofTwoOrdersThatBeginARefundOfTheSameIdAtTheSameTimeOneIsRefused() throws Exception {
        UUID first = FIXTURE.captured("tok_ok");
        UUID second = FIXTURE.captured("tok_ok");
        UUID refund = Ids.next();
        RefundPayment ofFirst = new RefundPayment(refund, first, PaymentFixture.gbp("5.00"), "it-broke");
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<RefundPaymentResult> later = FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(tx -> {
                new RefundStore().start(tx, ofFirst);
                Future<RefundPaymentResult> waiting = other.submit(() -> FIXTURE.refund(second, refund, "5.00"));
                FIXTURE.testDatabase.awaitLockWaitOr(waiting::isDone);
                return waiting;
            }));
            assertThat(later.get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Refused.class, refused -> assertThat(refused.code()).isEqualTo("refund-differs"));
        }
        assertThat(FIXTURE.refund(first, refund, "5.00")).isInstanceOf(Refunded.class);
        assertThat(FIXTURE.charge(second)).isEqualTo("CAPTURED 12.34 12.34 0.00");
        assertThat(FIXTURE.refund(second, Ids.next(), "12.34")).isInstanceOf(Refunded.class);
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }
}
