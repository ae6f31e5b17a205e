package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.contracts.payment.AuthorizePaymentResult;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Authorized;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Declined;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Unknown;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every bad habit of the test provider, and that none of them charges anybody twice or for nothing. */
class TestPaymentProviderDbTest {

    private static final PaymentFixture FIXTURE = new PaymentFixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    @Tag("PAY-03")
    @Tag("PAY-06")
    void whateverTheFirstAnswersAreTheCustomerIsChargedOnce() {
        for (String habit : List.of("timeout-then-ok", "lost-then-ok", "flaky(1)", "late(1)", "fail-then-ok")) {
            UUID order = Ids.next();
            String token = "tok:authorize=" + habit;
            assertThat(FIXTURE.authorize(order, token)).as(habit).isInstanceOf(Unknown.class);
            assertThat(FIXTURE.authorize(order, token)).as(habit).isInstanceOf(Authorized.class);
            assertThat(FIXTURE.charge(order)).as(habit).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-03")
    void silenceMayEndInARefusal() {
        UUID order = Ids.next();
        String token = "tok:authorize=timeout-then-declined(do_not_honor)";
        assertThat(FIXTURE.authorize(order, token)).isInstanceOf(Unknown.class);
        assertThat(FIXTURE.authorize(order, token))
                .isInstanceOfSatisfying(
                        Declined.class, d -> assertThat(d.code()).isEqualTo("do_not_honor"));
        assertThat(FIXTURE.charge(order)).isEqualTo("DECLINED 12.34 0.00 0.00");
    }

    @Test
    @Tag("PAY-03")
    @Tag("PAY-06")
    void anErrorThatHasChargedIsSeenInTheBooks() {
        UUID order = Ids.next();
        assertThat(FIXTURE.authorize(order, "tok:authorize=error-but-done,capture=error-but-done"))
                .isInstanceOf(Authorized.class);
        FIXTURE.capture(order);
        assertThat(FIXTURE.status(order)).isEqualTo("CAPTURED");
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 0.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-03")
    @Tag("PAY-06")
    void aChargeOfAnotherAmountIsRefusedAndGivenUp() {
        UUID order = Ids.next();
        assertThat(FIXTURE.authorize(order, "tok:authorize=wrong-amount"))
                .isInstanceOfSatisfying(
                        Declined.class, d -> assertThat(d.code()).isEqualTo(ProviderAnswer.AMOUNT_DIFFERS));
        assertThat(FIXTURE.charge(order)).isEqualTo("VOIDED 13.34 0.00 0.00");
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-02")
    @Tag("PAY-06")
    void aCaptureThatFailsAtFirstIsTriedAgain() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok:capture=fail-then-lost-then-ok");
        assertThatThrownBy(() -> FIXTURE.capture(order)).isInstanceOf(IllegalStateException.class);
        assertThat(FIXTURE.charge(order)).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
        assertThatThrownBy(() -> FIXTURE.capture(order)).isInstanceOf(IllegalStateException.class);
        FIXTURE.capture(order);
        assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 0.00");
        assertThat(FIXTURE.events(order)).isEqualTo("payment.captured.v1 3");
    }

    @Test
    @Tag("PAY-02")
    void aCaptureThatIsDeclinedLeavesThePaymentAuthorized() {
        UUID order = Ids.next();
        FIXTURE.authorize(order, "tok:capture=declined(expired_card)");
        assertThatThrownBy(() -> FIXTURE.capture(order))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expired_card");
        assertThat(FIXTURE.status(order)).isEqualTo("AUTHORIZED");
        assertThat(FIXTURE.cancel(order)).isEqualTo(new CancelPaymentResult.Cancelled("CANCELLED"));
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-06")
    void aVoidThatComesAfterTheMoneyWasTakenGivesItBack() {
        for (String first : List.of("ok", "lost-then-ok")) {
            UUID order = Ids.next();
            FIXTURE.authorize(order, "tok:authorize=" + first + ",void=captured");
            assertThat(FIXTURE.cancel(order)).isEqualTo(new CancelPaymentResult.Cancelled("REFUNDED"));
            assertThat(FIXTURE.charge(order)).isEqualTo("CAPTURED 12.34 12.34 12.34");
            assertThat(FIXTURE.transactions(order)).contains("VOID FAILED").endsWith("REFUND SUCCEEDED 12.34");
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("PAY-03")
    @Tag("PAY-06")
    void aProviderThatHangsIsWaitedForNoLongerThanTheTimeout() {
        UUID order = Ids.next();
        PaymentWork impatient = FIXTURE.workWith(FIXTURE.testProvider.payments(), Duration.ofMillis(300));
        AuthorizePayment command = new AuthorizePayment(
                order, null, PaymentFixture.gbp("12.34"), "TEST", "tok:authorize=hang(60s)-then-hang(60s)-then-ok");
        long begin = System.nanoTime();
        for (int ask = 1; ask <= 2; ask++) {
            AuthorizePaymentResult result =
                    FIXTURE.asSystem(() -> impatient.authorizing().authorize(command));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            Unknown.class, u -> assertThat(u.detail()).contains("within 300 ms"));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(50));
        assertThat(FIXTURE.asSystem(() -> FIXTURE.work.authorizing().authorize(command)))
                .isInstanceOf(Authorized.class);
        assertThat(FIXTURE.charge(order)).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
    }

    @Test
    @Tag("PAY-06")
    void noConnectionIsHeldWhileAProviderIsWaitedFor() {
        assertThatThrownBy(() -> FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(
                        tx -> FIXTURE.work.providers().named("TEST").find("nothing"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must wait until the transaction");
    }

    @Test
    @Tag("PAY-03")
    void whatIsDoneLateIsDoneUnasked() {
        UUID order = Ids.next();
        String token = "tok:authorize=late(1s)";
        assertThat(FIXTURE.authorize(order, token)).isInstanceOf(Unknown.class);
        FIXTURE.testProvider.live();
        assertThat(FIXTURE.charge(order)).isNull();
        FIXTURE.testDatabase
                .admin()
                .sql("UPDATE test_provider_requests SET due_at = due_at - interval '1 second' WHERE key LIKE :key")
                .param("key", order + "%")
                .update();
        FIXTURE.testProvider.live();
        assertThat(FIXTURE.charge(order)).isEqualTo("AUTHORIZED 12.34 0.00 0.00");
        assertThat(FIXTURE.authorize(order, token)).isInstanceOf(Authorized.class);
    }

    @Test
    @Tag("PAY-03")
    @Tag("PLT-17")
    void theBooksOfAnOrderAreShownToItsShopOnly() {
        UUID order = FIXTURE.captured("tok:refund=lost");
        FIXTURE.refund(order, Ids.next(), "2.00");
        TestProviderStatement statement = new TestProviderStatement(FIXTURE.database, FIXTURE.store);
        TestProviderStatement.Statement ours = FIXTURE.asSystem(() -> statement.of(order));
        assertThat(List.of(ours.liveCharges(), ours.captures(), ours.refunds())).containsExactly(1, 1, 1);
        assertThat(ours.charges().getFirst().asked()).hasSize(3);
        assertThat(FIXTURE.as(Ids.next(), () -> statement.of(order)).charges()).isEmpty();
    }
}
