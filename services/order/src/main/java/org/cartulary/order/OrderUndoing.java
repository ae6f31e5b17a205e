package org.cartulary.order;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.saga.SagaDefinition;
import org.cartulary.platform.saga.Sagas;
import tools.jackson.databind.json.JsonMapper;

/** The parts that undo orders, and how they hang together: cancellations, expiry and refunds. */
record OrderUndoing(
        RequestingCancellation requesting,
        ExpiringOrders expiring,
        RefundingOrder refunding,
        Sagas<OrderCancellation> cancellations,
        Sagas<OrderRefund> refunds,
        PaymentStatusStore payments,
        RecordingRefund recording,
        LosingPayment losing) {

    private static final int MAX_ORDERS_EXPIRED_AT_ONCE = 100;

    static OrderUndoing over(
            Database database,
            JsonMapper json,
            MeterRegistry meters,
            Outbox outbox,
            SealingOrders sealing,
            PaymentApi payments,
            InventoryApi inventory,
            PromotionApi promotions) {
        var idempotency = new Idempotency(database, json);
        var paymentStatuses = new PaymentStatusStore();
        var refundStore = new RefundStore();
        var recording = new RecordingRefund(refundStore, outbox, new OrderProgress(outbox, new WithdrawalStore()));
        var cancellations = new Sagas<>(
                database, cancelOrder(payments, inventory, promotions, paymentStatuses, idempotency), json, meters);
        var refunds = new Sagas<>(
                database, refundOrder(payments, inventory, refundStore, recording, idempotency), json, meters);
        var cancelling = new CancellingOrder(database, new OrderStore(json), outbox);
        var store = new CancellationStore();
        var reasons = new SealingWords(database, sealing);
        return new OrderUndoing(
                new RequestingCancellation(database, store, cancelling, reasons, idempotency, cancellations),
                new ExpiringOrders(database, store, cancelling, cancellations),
                new RefundingOrder(database, refundStore, reasons, idempotency, refunds),
                cancellations,
                refunds,
                paymentStatuses,
                recording,
                new LosingPayment(store, cancelling, paymentStatuses, cancellations));
    }

    /** What follows the cancellation of an order. It only goes forward: each step is tried until it succeeds. */
    private static SagaDefinition<OrderCancellation> cancelOrder(
            PaymentApi payments,
            InventoryApi inventory,
            PromotionApi promotions,
            PaymentStatusStore statuses,
            Idempotency idempotency) {
        return SagaDefinition.forwardOnly(
                "cancel-order",
                OrderCancellation.class,
                List.of(
                        new CancelPaymentStep(payments),
                        new ReleaseStockStep(inventory),
                        new ReleasePromotionsStep(promotions)),
                new CancelOrderEnd(statuses, idempotency));
    }

    /** How money is given back. Only the first step can be refused, and nothing is ever undone. */
    private static SagaDefinition<OrderRefund> refundOrder(
            PaymentApi payments,
            InventoryApi inventory,
            RefundStore store,
            RecordingRefund recording,
            Idempotency idempotency) {
        return SagaDefinition.forwardOnly(
                "refund-order",
                OrderRefund.class,
                List.of(new RefundPaymentStep(payments), new RestockStep(inventory)),
                new RefundOrderEnd(store, recording, idempotency));
    }

    List<Job> jobs() {
        return List.of(
                cancellations.recovery(),
                refunds.recovery(),
                cancellations.purging(),
                refunds.purging(),
                new Job(
                        "expire-unpaid-orders",
                        Duration.ofSeconds(10),
                        () -> expiring.expire(MAX_ORDERS_EXPIRED_AT_ONCE)));
    }
}
