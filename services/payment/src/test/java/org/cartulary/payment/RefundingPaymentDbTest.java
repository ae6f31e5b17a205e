package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.contracts.payment.RefundPaymentResult;
import org.cartulary.contracts.payment.RefundPaymentResult.Refunded;
import org.cartulary.contracts.payment.RefundPaymentResult.Refused;
import org.cartulary.contracts.payment.RefundPaymentResult.Unknown;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RefundingPaymentDbTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static Refunded refunded(String amount, String sum, String status) {
        return new Refunded(PaymentFixture.gbp(amount), PaymentFixture.gbp(sum), status);
    }

    private static void assertRefused(RefundPaymentResult result, String code) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    @Tag("PAY-02")
    void partsAreRefundedUntilNothingIsLeftAndEachIsPublished() {
        UUID order = FIXTURE.captured("tok_ok");
        assertThat(FIXTURE.refund(order, Ids.next(), "5.00")).isEqualTo(refunded("5.00", "5.00", "PARTIALLY_REFUNDED"));
        assertThat(FIXTURE.refund(order, Ids.next(), "0.34")).isEqualTo(refunded("0.34", "5.34", "PARTIALLY_REFUNDED"));
        assertRefused(FIXTURE.refund(order, Ids.next(), "7.01"), "refund-exceeds-capture");
        assertThat(FIXTURE.refund(order, Ids.next(), null)).isEqualTo(refunded("7.00", "12.34", "REFUNDED"));
        assertRefused(FIXTURE.refund(order, Ids.next(), null), "nothing-to-refund");
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 12.34");
        assertThat(FIXTURE.events(order))
                .isEqualTo(
                        "payment.captured.v1 3, payment.refunded.v1 5, payment.refunded.v1 7, payment.refunded.v1 9");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void aRefundThatIsRepeatedIsMadeOnceAndAnotherAmountIsRefused() {
        UUID order = FIXTURE.captured("tok_ok");
        UUID refund = Ids.next();
        RefundPaymentResult first = FIXTURE.refund(order, refund, "5.00");
        assertThat(FIXTURE.refund(order, refund, "5.00")).isEqualTo(first);
        assertRefused(FIXTURE.refund(order, refund, "5.01"), "refund-differs");
        assertRefused(FIXTURE.refund(order, refund, null), "refund-differs");
        assertRefused(FIXTURE.refund(FIXTURE.captured("tok_ok"), refund, "5.00"), "refund-differs");
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 5.00");
    }

    @Test
    @Tag("PAY-02")
    void whatWasNotTakenIsNotGivenBack() {
        UUID order = Ids.next();
        assertRefused(FIXTURE.refund(order, Ids.next(), "1.00"), "nothing-to-refund");
        FIXTURE.authorize(order, "tok_ok");
        assertRefused(FIXTURE.refund(order, Ids.next(), null), "nothing-to-refund");
        assertThatThrownBy(() -> FIXTURE.refund(order, Ids.next(), "0.00"))
                .isInstanceOfSatisfying(
                        ProblemException.class, p -> assertThat(p.code()).isEqualTo("invalid-money"));
    }

    @Test
    @Tag("PAY-02")
    void aRefundThatTheProviderDeclinesLeavesItsAmountToOthers() {
        UUID order = FIXTURE.captured("tok:refund=declined(account_closed)");
        UUID refund = Ids.next();
        assertRefused(FIXTURE.refund(order, refund, "12.34"), "account_closed");
        assertRefused(FIXTURE.refund(order, refund, "12.34"), "account_closed");
        assertThat(FIXTURE.transactions(order)).endsWith("REFUND FAILED 12.34");
        assertThat(FIXTURE.status(order)).isEqualTo("CAPTURED");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void aRefundWithoutAKnownOutcomeHoldsItsAmountUntilItIsKnown() {
        UUID order = FIXTURE.captured("tok:refund=lost-then-ok");
        UUID refund = Ids.next();
        assertThat(FIXTURE.refund(order, refund, "10.00")).isInstanceOf(Unknown.class);
        assertRefused(FIXTURE.refund(order, Ids.next(), "2.35"), "refund-exceeds-capture");
        assertThat(FIXTURE.refund(order, refund, "10.00")).isEqualTo(refunded("10.00", "10.00", "PARTIALLY_REFUNDED"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 10.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void aRefundThatIsDeclinedThoughMadeCountsAsMade() {
        UUID order = FIXTURE.captured("tok:refund=error-but-done");
        assertThat(FIXTURE.refund(order, Ids.next(), "4.00")).isEqualTo(refunded("4.00", "4.00", "PARTIALLY_REFUNDED"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 4.00");
    }

    @Test
    @Tag("PAY-06")
    void aRefundOfAnotherAmountIsNotBelieved() {
        UUID order = FIXTURE.captured("tok:refund=wrong-amount-then-ok");
        UUID refund = Ids.next();
        assertThat(FIXTURE.refund(order, refund, "4.00")).isInstanceOf(Unknown.class);
        assertThat(FIXTURE.refund(order, refund, "4.00")).isEqualTo(refunded("4.00", "4.00", "PARTIALLY_REFUNDED"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 4.00");
    }

    @Test
    @Tag("PAY-02")
    void cancellingAfterPartialRefundsGivesBackTheRest() {
        UUID order = FIXTURE.captured("tok_ok");
        FIXTURE.refund(order, Ids.next(), "5.00");
        assertThat(FIXTURE.cancel(order)).isEqualTo(new CancelPaymentResult.Cancelled("REFUNDED"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 12.34");
        assertThat(FIXTURE.transactions(order)).endsWith("REFUND SUCCEEDED 5.00, REFUND SUCCEEDED 7.34");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void cancellingFirstAsksForARefundWithoutAKnownOutcome() {
        UUID order = FIXTURE.captured("tok:refund=lost-then-ok");
        assertThat(FIXTURE.refund(order, Ids.next(), "5.00")).isInstanceOf(Unknown.class);
        // The rest is refunded under another key, whose first answer gets lost as well.
        assertThat(FIXTURE.cancel(order)).isInstanceOf(CancelPaymentResult.Unknown.class);
        assertThat(FIXTURE.cancel(order)).isEqualTo(new CancelPaymentResult.Cancelled("REFUNDED"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 12.34");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-02")
    void aCancellationAndARefundArePublishedWithRisingVersions() {
        UUID voided = Ids.next();
        FIXTURE.authorize(voided, "tok_ok");
        FIXTURE.cancel(voided);
        FIXTURE.cancel(voided);
        assertThat(FIXTURE.events(voided)).isEqualTo("payment.cancelled.v1 3");
        UUID never = Ids.next();
        FIXTURE.cancel(never);
        FIXTURE.cancel(never);
        assertThat(FIXTURE.events(never)).isEqualTo("payment.cancelled.v1 1");
        UUID refunded = FIXTURE.captured("tok_ok");
        FIXTURE.cancel(refunded);
        FIXTURE.cancel(refunded);
        assertThat(FIXTURE.events(refunded)).isEqualTo("payment.captured.v1 3, payment.refunded.v1 5");
        assertThat(List.of(FIXTURE.status(voided), FIXTURE.status(never), FIXTURE.status(refunded)))
                .containsExactly("CANCELLED", "CANCELLED", "REFUNDED");
    }
}
