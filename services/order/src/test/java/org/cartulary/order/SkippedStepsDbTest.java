package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.audit.DataAccessLog;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.operations.ActOnStuckWork;
import org.cartulary.platform.operations.FindStuckWork;
import org.cartulary.platform.operations.OperationsEndpoint;
import org.cartulary.platform.operations.OperatorAct;
import org.cartulary.platform.operations.StuckKind;
import org.cartulary.platform.operations.StuckWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators can do about cancellations and refunds that are stuck, and what is left of it. */
@Tag("PLT-12")
class SkippedStepsDbTest {

    private UndoingFixture shop;
    private OperationsEndpoint operations;

    @BeforeEach
    void open() {
        shop = new UndoingFixture();
        operations = new OperationsEndpoint(
                shop.orders.testDatabase.databases(),
                shop.orders.bus,
                shop.orders.json,
                new DataAccessLog(DataAccessLog.KEPT));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private StuckWork stuck() {
        List<StuckWork> stuck = operations.find("order", new FindStuckWork(StuckKind.SAGA, null, null, 10));
        assertThat(stuck).hasSize(1);
        return stuck.getFirst();
    }

    private void act(OperatorAct act) {
        var command = new ActOnStuckWork(StuckKind.SAGA, stuck().id(), act, "the provider is gone", null);
        var operator = new Principal(Principal.Kind.INTEGRATION, new UUID(0, 7), Set.of("operations:run"));
        new RequestContext(null, operator, TraceIds.next()).run(() -> operations.act("order", command));
    }

    private void compensationIsRefused() {
        assertThat(stuck().acts()).containsExactly(OperatorAct.RETRY, OperatorAct.SKIP);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> act(OperatorAct.COMPENSATE))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("act-not-allowed"));
    }

    @Test
    void aCancellationIsNotUndoneByAnOperatorAndIsCompletedByARetry() {
        UUID id = shop.captured();
        shop.crash.failAt("before payment.cancel");
        shop.cancel(id, "k");
        compensationIsRefused();

        act(OperatorAct.RETRY);
        shop.recoverOnAnotherNode();

        assertThat(shop.charged(id)).isEqualTo(OrderFixture.gbp("0.00"));
        assertThat(shop.inventory.units(id)).isZero();
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    void aCancellationWhosePaymentIsSkippedEndsAndWhatIsLeftIsSeen() {
        UUID id = shop.captured();
        shop.crash.failAt("before payment.cancel");
        shop.cancel(id, "k");

        act(OperatorAct.SKIP);
        shop.recoverOnAnotherNode();

        assertThat(shop.inventory.units(id)).isZero();
        assertThat(shop.cancel(id, "k")).as("the key is answered").isEqualTo(CancelledOrder.pending(id));
        assertThat(shop.orders.brokenInvariants()).containsExactly("cancelled-order-is-undone");
    }

    @Test
    void aCancellationWhosePaymentEndedAnotherWaySaysSoThoughItIsSkipped() {
        UUID id = shop.captured();
        shop.crash.failAt("after payment.cancel");
        shop.cancel(id, "k");
        shop.deliver();

        act(OperatorAct.SKIP);
        shop.recoverOnAnotherNode();

        assertThat(shop.cancel(id, "k")).isEqualTo(new CancelledOrder(id, "CANCELLED", "REFUNDED"));
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    void aRefundWhosePaymentIsSkippedEndsOpenAndIsSeen() {
        UUID id = shop.delivered();
        shop.crash.failAt("before payment.refund");
        shop.refund(id, "10.00", "k");
        compensationIsRefused();

        act(OperatorAct.SKIP);
        shop.recoverOnAnotherNode();

        assertThat(shop.refund(id, "10.00", "k").status()).isEqualTo("PENDING");
        assertThat(shop.refunds(id)).containsExactly("PENDING 10.00");
        assertThat(shop.orders.brokenInvariants()).containsExactly("pending-refund-has-saga");
    }

    @Test
    void aRefundThatWasGivenIsCompletedThoughItsPaymentIsSkipped() {
        UUID id = shop.delivered();
        shop.crash.failAt("after payment.refund");
        shop.refund(id, "10.00", "k");
        shop.deliver();

        act(OperatorAct.SKIP);
        shop.recoverOnAnotherNode();

        RefundAnswer.RefundedOrder answer = shop.refund(id, "10.00", "k");
        assertThat(answer.status()).isEqualTo("COMPLETED");
        assertThat(answer.payment()).isEqualTo("PARTIALLY_REFUNDED");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }
}
