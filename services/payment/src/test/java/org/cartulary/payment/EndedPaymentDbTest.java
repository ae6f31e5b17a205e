package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.cartulary.contracts.payment.AuthorizePaymentResult;
import org.cartulary.contracts.payment.CancelPaymentResult.Cancelled;
import org.cartulary.contracts.payment.CancelPaymentResult.Unknown;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a provider charges, takes or is asked for late, although the payment has ended. */
@Tag("PAY-06")
class EndedPaymentDbTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();
    private static final FinishingPayments FINISHING =
            new FinishingPayments(FIXTURE.work, new ExpiringPayment(FIXTURE.work, new PlacedOrders()));

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static UUID expired(String token) {
        UUID order = Ids.next();
        assertThat(FIXTURE.authorize(order, token)).isInstanceOf(AuthorizePaymentResult.Unknown.class);
        runAfter(order, "16 minutes");
        return order;
    }

    private static void runAfter(UUID order, String interval) {
        FIXTURE.age(order, interval);
        FINISHING.run();
    }

    private static void arrive(UUID order, String token) {
        FIXTURE.asSystem(() -> FIXTURE.testProvider
                .payments()
                .authorize(ProviderKeys.authorize(order), PaymentFixture.gbp("12.34"), token));
        assertThat(FIXTURE.charge(order)).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
    }

    @Test
    @Tag("PAY-05")
    void aChargeOfAnotherAmountThatIsTakenInsteadOfGivenUpIsGivenBack() {
        UUID order = expired("tok:authorize=wrong-amount,void=captured");
        assertThat(FIXTURE.status(order)).isEqualTo("FAILED");
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 13.34 13.34 13.34");
        assertThat(FIXTURE.transactions(order)).isEqualTo("AUTHORIZE FAILED 12.34, VOID SUCCEEDED 12.34");
        assertThat(FIXTURE.cancel(order)).isEqualTo(new Cancelled("FAILED"));
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    void aCancellationIsNotDoneBeforeTheMoneyIsBackAndTheJobSeesToIt() {
        UUID order = expired("tok:authorize=wrong-amount,void=captured,refund=timeout-then-timeout-then-ok");
        assertThat(FIXTURE.transactions(order)).endsWith("VOID PENDING 12.34");
        assertThat(FIXTURE.cancel(order)).isInstanceOf(Unknown.class);
        runAfter(order, "61 seconds");
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 13.34 13.34 13.34");
        assertThat(FIXTURE.transactions(order)).endsWith("VOID SUCCEEDED 12.34");
        assertThat(FIXTURE.cancel(order)).isEqualTo(new Cancelled("FAILED"));
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    void aCancellationSeesToWhatIsStillToBeGivenUp() {
        UUID order = expired("tok:authorize=wrong-amount,void=captured,refund=timeout-then-ok");
        assertThat(FIXTURE.cancel(order)).isEqualTo(new Cancelled("FAILED"));
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 13.34 13.34 13.34");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-05")
    void aRequestThatArrivesAfterTheExpiryIsGivenUpThoughTheProviderHadNotHeardOfIt() {
        String token = "tok:authorize=timeout-then-ok,void=unknown-charge";
        UUID order = expired(token);
        assertThat(FIXTURE.status(order)).isEqualTo("CANCELLED");
        assertThat(FIXTURE.transactions(order)).endsWith("VOID PENDING 12.34");
        assertThat(FIXTURE.cancel(order)).isInstanceOf(Unknown.class);
        arrive(order, token);
        runAfter(order, "61 seconds");
        assertThat(FIXTURE.charge(order)).isEqualTo("VOIDED 12.34 0.00 0.00");
        assertThat(FIXTURE.cancel(order)).isEqualTo(new Cancelled("CANCELLED"));
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-05")
    void whatTheProviderNeverHearsOfIsOverAfterAWhile() {
        UUID order = expired("tok:authorize=timeout,void=unknown-charge");
        runAfter(order, "4 minutes");
        assertThat(FIXTURE.transactions(order)).endsWith("VOID PENDING 12.34");
        runAfter(order, "2 minutes");
        assertThat(FIXTURE.transactions(order)).endsWith("VOID FAILED 12.34");
        assertThat(FIXTURE.cancel(order)).isEqualTo(new Cancelled("CANCELLED"));
        assertThat(FIXTURE.charge(order)).isNull();
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    void aWishToGiveUpThatWasOverBeginsAnewWhenTheChargeIsSeen() {
        String token = "tok:authorize=timeout-then-ok,void=unknown-charge-then-unknown-charge-then-timeout-then-ok";
        UUID order = expired(token);
        runAfter(order, "6 minutes");
        assertThat(FIXTURE.transactions(order)).endsWith("VOID FAILED 12.34");
        arrive(order, token);
        FIXTURE.asSystem(() -> FIXTURE.work.learning().learn(order));
        assertThat(FIXTURE.transactions(order)).endsWith("VOID PENDING 12.34");
        runAfter(order, "61 seconds");
        assertThat(FIXTURE.charge(order)).isEqualTo("VOIDED 12.34 0.00 0.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }
}
