package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.cartulary.contracts.payment.AuthorizePaymentResult.AlreadyCancelled;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Unknown;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a provider does that nobody asked it for, and what it does not do though it had promised. */
@Tag("PAY-06")
class UnaskedProviderDbTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();
    private static final FinishingPayments FINISHING =
            new FinishingPayments(FIXTURE.work, new ExpiringPayment(FIXTURE.work, new PlacedOrders()));

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static UUID authorized(String token) {
        UUID order = Ids.next();
        FIXTURE.authorize(order, token);
        assertThat(FIXTURE.status(order)).isEqualTo("AUTHORIZED");
        return order;
    }

    private static void learn(UUID order) {
        FIXTURE.asSystem(() -> FIXTURE.work.learning().learn(order));
    }

    private static void takeUnasked(UUID order) {
        FIXTURE.testProvider
                .payments()
                .capture(ProviderKeys.authorize(order), "of its own", PaymentFixture.gbp("12.34"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 0.00");
    }

    /** A provider that says that it gives a charge up, and does not. */
    private static final class Keeping extends DelegatingProvider {

        private Keeping() {
            super(FIXTURE.testProvider.payments());
        }

        @Override
        public ProviderAnswer cancel(String chargeKey, String key) {
            return new ProviderAnswer.Approved("kept", "CARD", null, null, null);
        }
    }

    /** A provider whose charge is authorised and recorded between its answer that it knows of none and our expiry. */
    private static final class AuthorizingMeanwhile extends DelegatingProvider {

        private final UUID order;

        private AuthorizingMeanwhile(UUID order) {
            super(FIXTURE.testProvider.payments());
            this.order = order;
        }

        @Override
        public ProviderLookup find(String chargeKey) {
            ProviderLookup before = super.find(chargeKey);
            FIXTURE.authorize(order, "tok:authorize=timeout-then-ok");
            return before;
        }
    }

    @Test
    @Tag("PAY-05")
    void anAuthorizationBetweenTheLookUpAndTheExpiryStays() {
        UUID order = Ids.next();
        assertThat(FIXTURE.authorize(order, "tok:authorize=timeout-then-ok")).isInstanceOf(Unknown.class);
        ExpiringPayment expiring =
                new ExpiringPayment(FIXTURE.workWith(new AuthorizingMeanwhile(order)), new PlacedOrders());
        FIXTURE.asSystem(() -> {
            expiring.expire(order);
            return true;
        });
        assertThat(FIXTURE.status(order)).isEqualTo("AUTHORIZED");
        assertThat(FIXTURE.charge(order)).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
        assertThat(FIXTURE.events(order)).isNull();
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    void whatIsTakenAfterItsCancellationIsGivenBack() {
        UUID order = authorized("tok_ok");
        FIXTURE.asSystem(
                () -> FIXTURE.workWith(new Keeping()).cancelling().cancel(new CancelPayment(order, "changed-my-mind")));
        assertThat(FIXTURE.status(order)).isEqualTo("CANCELLED");
        takeUnasked(order);
        for (int time = 1; time <= 2; time++) {
            learn(order);
            assertThat(FIXTURE.status(order)).isEqualTo("REFUNDED");
            assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 12.34");
        }
        assertThat(FIXTURE.events(order))
                .isEqualTo("payment.cancelled.v1 3, payment.captured.v1 4, payment.refunded.v1 6");
        assertThat(FIXTURE.authorize(order, "tok_ok")).isInstanceOf(AlreadyCancelled.class);
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-05")
    void whatIsTakenInsteadOfGivenUpIsGivenBackByTheJob() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok:authorize=lost,void=timeout-then-captured,refund=timeout-then-ok");
        FIXTURE.asSystem(() -> FIXTURE.work
                .records()
                .expired(
                        FIXTURE.database
                                .inReadTransaction(tx -> FIXTURE.store.find(tx, order))
                                .orElseThrow(),
                        "expired"));
        for (String expected : new String[] {"CANCELLED", "CAPTURED", "REFUNDED"}) {
            FIXTURE.age(order, "61 seconds");
            FINISHING.run();
            assertThat(FIXTURE.status(order)).isEqualTo(expected);
            // Nobody may sell for money that is about to be given back.
            assertThat(FIXTURE.authorize(order, "tok:authorize=lost,void=timeout-then-captured,refund=timeout-then-ok"))
                    .isInstanceOf(AlreadyCancelled.class);
        }
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 12.34");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    void aPaymentThatTheProviderGivesUpByItselfIsCancelled() {
        UUID order = authorized("tok_ok");
        FIXTURE.testProvider.payments().cancel(ProviderKeys.authorize(order), "of its own");
        learn(order);
        assertThat(FIXTURE.status(order)).isEqualTo("CANCELLED");
        assertThat(FIXTURE.events(order)).isEqualTo("payment.cancelled.v1 3");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    void aCaptureOfWhatTheProviderHasGivenUpCancelsThePayment() {
        UUID order = authorized("tok_ok");
        FIXTURE.testProvider.payments().cancel(ProviderKeys.authorize(order), "of its own");
        FIXTURE.capture(order);
        assertThat(FIXTURE.status(order)).isEqualTo("CANCELLED");
        assertThat(FIXTURE.events(order)).isEqualTo("payment.cancelled.v1 3");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-02")
    void aCaptureThatIsDeclinedForHalfAnHourIsGivenUp() {
        UUID order = authorized("tok:capture=declined(expired_card)");
        assertThatThrownBy(() -> FIXTURE.capture(order)).isInstanceOf(UndecidedCaptureException.class);
        FIXTURE.age(order, "29 minutes");
        assertThatThrownBy(FINISHING::run).hasMessageContaining(order.toString());
        assertThat(FIXTURE.status(order)).isEqualTo("AUTHORIZED");
        FIXTURE.age(order, "2 minutes");
        FINISHING.run();
        assertThat(FIXTURE.status(order)).isEqualTo("CANCELLED");
        assertThat(FIXTURE.charge(order)).isEqualTo("VOIDED 12.34 0.00 0.00");
        assertThat(FIXTURE.transactions(order))
                .isEqualTo("AUTHORIZE SUCCEEDED 12.34, CAPTURE FAILED 12.34, VOID SUCCEEDED 12.34");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-02")
    void aCaptureThatIsDeclinedForAWhileIsMade() {
        UUID order = authorized("tok:capture=declined-then-declined-then-ok");
        for (int time = 1; time <= 2; time++) {
            assertThatThrownBy(() -> FIXTURE.capture(order)).isInstanceOf(UndecidedCaptureException.class);
        }
        FIXTURE.age(order, "61 seconds");
        FINISHING.run();
        assertThat(FIXTURE.status(order)).isEqualTo("CAPTURED");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PLT-09")
    void everyEventOfAPaymentsLifeHasAGreaterVersion() {
        UUID order = FIXTURE.captured("tok_ok");
        FIXTURE.refund(order, Ids.next(), "2.00");
        FIXTURE.refund(order, Ids.next(), "3.00");
        FIXTURE.refund(order, Ids.next(), null);
        FIXTURE.cancel(order);
        assertThat(FIXTURE.events(order))
                .isEqualTo(
                        "payment.captured.v1 3, payment.refunded.v1 5, payment.refunded.v1 7, payment.refunded.v1 9");
    }
}
