package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.contracts.payment.AuthorizePaymentResult;
import org.cartulary.contracts.payment.AuthorizePaymentResult.AlreadyCancelled;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Authorized;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Declined;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Unknown;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.contracts.payment.FindPayment;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AuthorizingPaymentDbTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    @Tag("PAY-02")
    void anApprovedPaymentIsAuthorizedAndAnswersFromItsRow() {
        UUID order = Ids.next();
        AuthorizePaymentResult first = FIXTURE.authorize(order, "tok_ok");
        assertThat(first)
                .isInstanceOfSatisfying(
                        Authorized.class, a -> assertThat(a.method()).isEqualTo("CARD"));
        assertThat(FIXTURE.authorize(order, "tok_declined"))
                .as("answered from the row")
                .isEqualTo(first);
        assertThat(FIXTURE.charge(order)).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
        assertThat(FIXTURE.asSystem(() -> FIXTURE.payments.find(new FindPayment(order))))
                .isNotNull()
                .satisfies(found -> assertThat(found.status()).isEqualTo("AUTHORIZED"));
    }

    @Test
    @Tag("PAY-03")
    void aDeclinedPaymentFailsWithTheProvidersCode() {
        for (var expected : List.of(
                List.of("tok_declined", "card_declined"),
                List.of("tok_insufficient_funds", "insufficient_funds"),
                List.of("tok_nonsense", "invalid_token"))) {
            UUID order = Ids.next();
            AuthorizePaymentResult result = FIXTURE.authorize(order, expected.getFirst());
            assertThat(result)
                    .isInstanceOfSatisfying(
                            Declined.class, d -> assertThat(d.code()).isEqualTo(expected.getLast()));
            assertThat(FIXTURE.authorize(order, "tok_ok")).isEqualTo(result);
            assertThat(FIXTURE.status(order)).isEqualTo("FAILED");
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void anAnswerThatGotLostIsAskedForAgainAndChargesOnce() {
        UUID order = Ids.next();
        assertThat(FIXTURE.authorize(order, "tok_timeout")).isInstanceOf(Unknown.class);
        assertThat(FIXTURE.status(order)).isEqualTo("PENDING");
        assertThat(FIXTURE.authorize(order, "tok_timeout")).isInstanceOf(Authorized.class);
        assertThat(FIXTURE.charge(order)).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void callsOfOneOrderAtTheSameTimeChargeOnce() throws InterruptedException {
        UUID order = Ids.next();
        List<AuthorizePaymentResult> results =
                Concurrently.run(8, () -> FIXTURE.authorize(order, "tok_ok")).valuesOrThrow();
        assertThat(results.stream().distinct()).singleElement().isInstanceOf(Authorized.class);
        assertThat(FIXTURE.charge(order)).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
    }

    @Test
    @Tag("PAY-02")
    void nothingToPayIsAuthorizedWithoutAProvider() {
        UUID order = Ids.next();
        assertThat(FIXTURE.authorize(order, "0.00", "TEST", "tok_declined")).isInstanceOf(Authorized.class);
        assertThat(FIXTURE.charge(order)).isNull();
        FIXTURE.capture(order);
        assertThat(FIXTURE.status(order)).isEqualTo("CAPTURED");
        assertThat(FIXTURE.events(order)).isEqualTo("payment.captured.v1 3");
        assertThat(FIXTURE.cancel(order)).isEqualTo(new CancelPaymentResult.Cancelled("REFUNDED"));
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-03")
    void moneyTakenByHandIsAlwaysAuthorized() {
        UUID order = Ids.next();
        assertThat(FIXTURE.authorize(order, "99.00", "MANUAL", ""))
                .isInstanceOfSatisfying(
                        Authorized.class, a -> assertThat(a.method()).isEqualTo("MANUAL"));
        FIXTURE.capture(order);
        assertThat(FIXTURE.status(order)).isEqualTo("CAPTURED");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-03")
    void anUnknownProviderAndAnotherAmountAreRefused() {
        UUID order = Ids.next();
        assertThatThrownBy(() -> FIXTURE.authorize(order, "1.00", "NOBODY", "tok_ok"))
                .isInstanceOf(ProblemException.class);
        assertThat(FIXTURE.status(order)).isNull();
        FIXTURE.authorize(order, "1.00", "TEST", "tok_ok");
        assertThatThrownBy(() -> FIXTURE.authorize(order, "2.00", "TEST", "tok_ok"))
                .isInstanceOfSatisfying(
                        ProblemException.class, p -> assertThat(p.code()).isEqualTo("payment-differs"));
    }

    @Test
    @Tag("PAY-06")
    void aPaymentThatWasCancelledBeforeItBeganNeverBegins() {
        UUID order = Ids.next();
        assertThat(FIXTURE.cancel(order)).isEqualTo(new CancelPaymentResult.Cancelled("CANCELLED"));
        assertThat(FIXTURE.cancel(order)).isEqualTo(new CancelPaymentResult.Cancelled("CANCELLED"));
        assertThat(FIXTURE.authorize(order, "tok_ok")).isInstanceOf(AlreadyCancelled.class);
        assertThat(FIXTURE.charge(order)).isNull();
        assertThat(FIXTURE.asSystem(() -> FIXTURE.payments.find(new FindPayment(order))))
                .isNull();
    }

    @Test
    @Tag("PAY-06")
    void aPendingPaymentIsCancelledAtTheProviderAndStaysSo() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok_timeout");
        assertThat(FIXTURE.cancel(order)).isEqualTo(new CancelPaymentResult.Cancelled("CANCELLED"));
        assertThat(FIXTURE.charge(order)).isEqualTo("VOIDED 12.34 0.00 0.00");
        assertThat(FIXTURE.authorize(order, "tok_timeout")).isInstanceOf(AlreadyCancelled.class);
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void aCancellationWhileTheProviderIsAskedLeavesNoCharge() {
        UUID order = Ids.next();
        // The payment is cancelled after the provider has approved, before its answer is recorded.
        PaymentProvider approving = new CancellingOnTheWay(FIXTURE.testProvider.payments(), order, true);
        assertThat(authorizeWith(approving, order)).isInstanceOf(AlreadyCancelled.class);
        assertThat(FIXTURE.charge(order)).isEqualTo("VOIDED 12.34 0.00 0.00");
        // The payment is cancelled before the provider has heard of it.
        UUID other = Ids.next();
        PaymentProvider late = new CancellingOnTheWay(FIXTURE.testProvider.payments(), other, false);
        assertThat(authorizeWith(late, other)).isInstanceOf(AlreadyCancelled.class);
        assertThat(FIXTURE.charge(other)).isEqualTo("VOIDED 0.00 0.00 0.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    private static AuthorizePaymentResult authorizeWith(PaymentProvider provider, UUID order) {
        return FIXTURE.asSystem(() -> FIXTURE.workWith(provider)
                .authorizing()
                .authorize(new AuthorizePayment(order, null, PaymentFixture.gbp("12.34"), "TEST", "tok_ok")));
    }

    @Test
    @Tag("PAY-06")
    void anAuthorizationAndACancellationAtTheSameTimeLeaveNoCharge() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            UUID order = Ids.next();
            Concurrently.<Object>run(
                            2, index -> index == 0 ? FIXTURE.authorize(order, "tok_ok") : FIXTURE.cancel(order))
                    .valuesOrThrow();
            assertThat(FIXTURE.status(order)).isEqualTo("CANCELLED");
            assertThat(FIXTURE.charge(order))
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            voided -> assertThat(voided).startsWith("VOIDED"));
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void whatAProviderReservesAfterItsCancellationIsGivenUp() {
        UUID order = Ids.next();
        Forgetful provider = new Forgetful(FIXTURE.testProvider.payments(), order);
        assertThat(authorizeWith(provider, order)).isInstanceOf(AlreadyCancelled.class);
        assertThat(FIXTURE.status(order)).isEqualTo("CANCELLED");
        assertThat(FIXTURE.charge(order)).isEqualTo("VOIDED 12.34 0.00 0.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void whatAProviderAlwaysAnswersTooLateIsFoundInItsBooks() {
        UUID order = Ids.next();
        UUID refused = Ids.next();
        PaymentProvider slow = new DelegatingProvider(FIXTURE.testProvider.payments()) {
            @Override
            public ProviderAnswer authorize(String key, Money amount, String token) {
                return late(super.authorize(key, amount, token));
            }

            @Override
            public ProviderAnswer capture(String chargeKey, String key, Money amount) {
                return late(super.capture(chargeKey, key, amount));
            }
        };
        PaymentWork work = FIXTURE.workWith(slow, Duration.ofSeconds(2));

        assertThat(authorizeWith(work, order, "tok_ok")).isInstanceOf(Authorized.class);
        assertThat(authorizeWith(work, refused, "tok_declined"))
                .isInstanceOfSatisfying(
                        Declined.class, declined -> assertThat(declined.code()).isEqualTo("card_declined"));
        FIXTURE.asSystem(() -> {
            work.capturing().capture(order);
            return true;
        });

        assertThat(FIXTURE.status(order)).isEqualTo("CAPTURED");
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 0.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    private static AuthorizePaymentResult authorizeWith(PaymentWork work, UUID order, String token) {
        return FIXTURE.asSystem(() -> work.authorizing()
                .authorize(new AuthorizePayment(order, null, PaymentFixture.gbp("12.34"), "TEST", token)));
    }

    /** The provider has done it, and answers when nobody waits any more: whoever does, interrupts it. */
    private static ProviderAnswer late(ProviderAnswer answer) {
        try {
            new CountDownLatch(1).await();
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ProviderAnswer.Unknown("interrupted");
        }
    }

    /** A provider that keeps no note of the cancellation of a charge it has not heard of, as real ones do not. */
    private static final class Forgetful extends DelegatingProvider {

        private final UUID order;

        Forgetful(PaymentProvider provider, UUID order) {
            super(provider);
            this.order = order;
        }

        @Override
        public ProviderAnswer authorize(String key, Money amount, String token) {
            FIXTURE.workWith(this).cancelling().cancel(new CancelPayment(order, "on-the-way"));
            return super.authorize(key, amount, token);
        }

        @Override
        public ProviderAnswer cancel(String chargeKey, String key) {
            return find(chargeKey) instanceof ProviderLookup.NotFound
                    ? new ProviderAnswer.Approved("unheard of", "CARD", null, null, null)
                    : super.cancel(chargeKey, key);
        }
    }

    /** A provider during whose call the payment is cancelled. */
    private static final class CancellingOnTheWay extends DelegatingProvider {

        private final UUID order;
        private final boolean afterwards;

        CancellingOnTheWay(PaymentProvider provider, UUID order, boolean afterwards) {
            super(provider);
            this.order = order;
            this.afterwards = afterwards;
        }

        @Override
        public ProviderAnswer authorize(String key, Money amount, String token) {
            if (!afterwards) {
                FIXTURE.payments.cancel(new CancelPayment(order, "on-the-way"));
            }
            ProviderAnswer answer = super.authorize(key, amount, token);
            if (afterwards) {
                FIXTURE.payments.cancel(new CancelPayment(order, "on-the-way"));
            }
            return answer;
        }
    }
}
