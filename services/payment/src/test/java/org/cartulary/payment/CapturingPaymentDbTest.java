package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class CapturingPaymentDbTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static UUID authorized() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok_ok");
        return order;
    }

    @Test
    @Tag("PAY-02")
    void theMoneyIsTakenOnceHoweverOftenTheEventComes() throws InterruptedException {
        UUID order = authorized();
        Concurrently.run(6, () -> {
                    FIXTURE.capture(order);
                    return true;
                })
                .valuesOrThrow();
        FIXTURE.capture(order);
        assertThat(FIXTURE.status(order)).isEqualTo("CAPTURED");
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 0.00");
        assertThat(FIXTURE.events(order)).isEqualTo("payment.captured.v1 3");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-02")
    void anAuthorizedPaymentIsVoidedAndThenNeverCaptured() {
        UUID order = authorized();
        assertThat(FIXTURE.cancel(order)).isEqualTo(new CancelPaymentResult.Cancelled("CANCELLED"));
        FIXTURE.capture(order);
        assertThat(FIXTURE.charge(order)).isEqualTo("VOIDED 12.34 0.00 0.00");
        assertThat(FIXTURE.events(order)).isEqualTo("payment.cancelled.v1 3");
    }

    @Test
    @Tag("PAY-02")
    void aCapturedPaymentIsRefundedOnce() throws InterruptedException {
        UUID order = authorized();
        FIXTURE.capture(order);
        assertThat(Concurrently.run(4, () -> FIXTURE.cancel(order)).valuesOrThrow())
                .containsOnly(new CancelPaymentResult.Cancelled("REFUNDED"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 12.34");
        assertThat(FIXTURE.testDatabase
                        .admin()
                        .sql("SELECT sum(r.amount)::text FROM refunds r JOIN payments p ON p.id = r.payment_id"
                                + " WHERE p.order_id = :order")
                        .param("order", order)
                        .query(String.class)
                        .single())
                .isEqualTo("12.34");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void aCaptureAndACancellationAtTheSameTimeLeaveTheCustomerUncharged() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            UUID order = authorized();
            var results = Concurrently.<Object>run(2, index -> {
                if (index == 0) {
                    return FIXTURE.cancel(order);
                }
                FIXTURE.capture(order);
                return "captured";
            });
            // A capture that the provider refused comes again, and then finds the payment cancelled.
            assertThat(results.failures()).allMatch(IllegalStateException.class::isInstance);
            FIXTURE.capture(order);
            assertThat(FIXTURE.status(order)).isIn("CANCELLED", "REFUNDED");
            assertThat(FIXTURE.charge(order)).isIn("VOIDED 12.34 0.00 0.00", "CAPTURED 12.34 12.34 12.34");
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void aCaptureThatWasNotRecordedIsRecordedBeforeItIsGivenBack() {
        UUID order = authorized();
        FIXTURE.testProvider
                .payments()
                .capture(ProviderKeys.authorize(order), ProviderKeys.capture(order), PaymentFixture.gbp("12.34"));
        // The process ended between the provider's answer and its record, but for the intent.
        FIXTURE.asSystem(() -> FIXTURE.work.capturing().begin(order));
        assertThat(FIXTURE.cancel(order)).isEqualTo(new CancelPaymentResult.Cancelled("REFUNDED"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 12.34");
        assertThat(FIXTURE.events(order)).isEqualTo("payment.captured.v1 3, payment.refunded.v1 5");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-02")
    void aPaymentThatIsNotAuthorizedIsNotCaptured() {
        UUID pending = Ids.next();
        FIXTURE.authorize(pending, "tok_timeout");
        for (UUID order : List.of(pending, Ids.next())) {
            assertThatThrownBy(() -> FIXTURE.capture(order))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
        }
        assertThat(FIXTURE.charge(pending)).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
    }

    @Test
    @Tag("PAY-02")
    void anEarlierVersionOfTheProgramBeginsCapturesOfAuthorizedPaymentsOnly() {
        UUID wanted = authorized();
        UUID cancelled = authorized();
        FIXTURE.cancel(cancelled);
        for (UUID order : List.of(wanted, cancelled)) {
            FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(tx -> tx.jdbc()
                    .sql("""
                            SELECT p.* FROM payments o,
                                start_payment_transaction(o.tenant_id, o.id, :transactionId, 'CAPTURE', :key) p
                            WHERE o.order_id = :order
                            """)
                    .param("transactionId", Ids.next())
                    .param("key", ProviderKeys.capture(order))
                    .param("order", order)
                    .query(Payment::of)
                    .single()));
        }
        assertThat(FIXTURE.transactions(wanted)).isEqualTo("AUTHORIZE SUCCEEDED 12.34, CAPTURE PENDING 12.34");
        assertThat(FIXTURE.transactions(cancelled)).isEqualTo("AUTHORIZE SUCCEEDED 12.34, VOID SUCCEEDED 12.34");
    }
}
