package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.contracts.payment.AuthorizePaymentResult;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Authorized;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Declined;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PAY-02")
class CoalescedPaymentsConcurrencyTest {

    private static final int CALLERS = 40;

    private final PaymentFixture fixture = new PaymentFixture();
    private final List<UUID> orders =
            IntStream.range(0, CALLERS).mapToObj(i -> Ids.next()).toList();

    @AfterEach
    void close() {
        assertThat(fixture.brokenInvariants()).isEmpty();
        fixture.close();
    }

    private static String trace(int caller) {
        return "%032x".formatted(caller + 1);
    }

    /** Every fourth card is declined, every fifth has a habit. */
    private static String token(int caller) {
        return caller % 4 == 0 ? "tok_declined" : caller % 5 == 0 ? "tok:capture=flaky(0)" : "tok_ok";
    }

    private AuthorizePaymentResult authorize(int caller, UUID order) {
        UUID customer = caller % 2 == 0 ? null : Ids.next();
        return RequestContext.ofSystem(fixture.tenant, trace(caller))
                .supply(() -> fixture.payments.authorize(new AuthorizePayment(
                        order, customer, PaymentFixture.gbp((10 + caller) + ".50"), "TEST", token(caller))));
    }

    private void capture(int caller) {
        RequestContext.ofSystem(fixture.tenant, trace(caller))
                .run(() -> fixture.work.capturing().capture(orders.get(caller)));
    }

    @Test
    void eachOfManyCallersGetsTheAnswerOfItsOwnPayment() throws InterruptedException {
        List<AuthorizePaymentResult> results = Concurrently.run(
                        CALLERS, caller -> authorize(caller, orders.get(caller)))
                .valuesOrThrow();

        for (int caller = 0; caller < CALLERS; caller++) {
            String amount = (10 + caller) + ".50";
            boolean isDeclined = caller % 4 == 0;
            assertThat(results.get(caller)).isInstanceOf(isDeclined ? Declined.class : Authorized.class);
            assertThat(fixture.charge(orders.get(caller)))
                    .isEqualTo((isDeclined ? "DECLINED " : "AUTHORIZED ") + amount + " 0.00 0.00");
        }

        Concurrently.run(CALLERS, caller -> {
                    if (caller % 4 != 0) {
                        capture(caller);
                        capture(caller);
                    }
                    return caller;
                })
                .valuesOrThrow();

        for (int caller = 0; caller < CALLERS; caller++) {
            if (caller % 4 != 0) {
                String amount = (10 + caller) + ".50";
                assertThat(fixture.charge(orders.get(caller))).isEqualTo("CAPTURED " + amount + " " + amount + " 0.00");
                assertThat(fixture.transactions(orders.get(caller)))
                        .isEqualTo("AUTHORIZE SUCCEEDED " + amount + ", CAPTURE SUCCEEDED " + amount);
                assertThat(fixture.events(orders.get(caller))).isEqualTo("payment.captured.v1 3");
            }
        }
        assertThat(fixture.testDatabase
                        .admin()
                        .sql("SELECT DISTINCT trace_id FROM outbox_events")
                        .query(String.class)
                        .list())
                .hasSize(CALLERS * 3 / 4);
    }

    @Test
    void theSameOrderManyTimesAtOnceIsOneChargeAndNobodyElseFailsForAnother() throws InterruptedException {
        UUID same = Ids.next();
        Concurrently.run(CALLERS, caller -> {
                    if (caller % 3 == 0) {
                        assertThatThrownBy(() -> capture(caller)).isInstanceOf(ProblemException.class);
                    } else {
                        assertThat(authorize(1, same)).isInstanceOf(Authorized.class);
                    }
                    return caller;
                })
                .valuesOrThrow();

        assertThat(fixture.charge(same)).isEqualTo("AUTHORIZED 11.50 0.00 0.00");
        assertThat(fixture.transactions(same)).isEqualTo("AUTHORIZE SUCCEEDED 11.50");
    }
}
