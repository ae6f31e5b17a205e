package org.cartulary.order;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Claim;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.saga.SagaOutcome;
import org.cartulary.platform.saga.Sagas;
import org.cartulary.platform.saga.StartedSaga;
import org.jspecify.annotations.Nullable;

/**
 * Gives money back for orders. Whatever can refuse a refund comes before the money moves: the amount and the goods are
 * claimed in the transaction that begins the saga, and the payment service is asked first. Thread-safe.
 */
record RefundingOrder(
        Database database, RefundStore store, SealingWords reasons, Idempotency idempotency, Sagas<OrderRefund> sagas) {

    private static final String BY_SHOP = "refunded-by-shop";

    /** What came of the transaction with which a refund begins: either of the two. */
    private record Begun(
            @Nullable RefundAnswer answer, @Nullable StartedSaga<OrderRefund> saga) {}

    /**
     * Gives money back for any order of the shop.
     *
     * @return COMPLETED or PENDING
     * @throws ProblemException if there is no such order, or nothing is given back
     */
    RefundAnswer.RefundedOrder refund(UUID orderId, RefundOrder request, @Nullable String key) {
        requireSensible(request);
        UUID refundId = Ids.next();
        RefundStore.NewRefund refund = new RefundStore.NewRefund(
                refundId,
                orderId,
                request.amount(),
                BY_SHOP,
                reasons.sealRefund(orderId, refundId, request.reason()),
                request.restockLines());
        Begun begun = database.inTransaction(tx -> begin(tx, refund, request, key));
        if (begun.answer() != null) {
            return begun.answer().orThrow();
        }
        StartedSaga<OrderRefund> saga = Objects.requireNonNull(begun.saga());
        RefundAnswer answer = switch (sagas.proceed(saga)) {
            case SagaOutcome.Completed<OrderRefund>(OrderRefund state) -> RefundAnswer.completed(saga.sagaId(), state);
            case SagaOutcome.Compensated<OrderRefund>(OrderRefund state, String code, String detail) ->
                RefundAnswer.refused(code, detail);
            case SagaOutcome.Pending<OrderRefund>(UUID sagaId) -> RefundAnswer.pending(sagaId, saga.state());
        };
        return answer.orThrow();
    }

    private Begun begin(Transaction tx, RefundStore.NewRefund refund, RefundOrder request, @Nullable String key) {
        UUID refundId = refund.id();
        UUID orderId = refund.orderId();
        var idempotent = new Idempotency.Request("POST /api/v1/admin/orders/" + orderId + "/refunds", key, request);
        return switch (idempotency.claim(tx, idempotent, refundId, RefundAnswer.class)) {
            case Claim.Answered<RefundAnswer>(StoredAnswer<RefundAnswer> answer) -> new Begun(answer.body(), null);
            case Claim.UnderWay<RefundAnswer>(UUID sagaId) ->
                new Begun(
                        sagas.suspended(tx, sagaId)
                                .map(state -> RefundAnswer.pending(sagaId, state))
                                .orElseThrow(Idempotency::inProgress),
                        null);
            case Claim.Claimed<RefundAnswer>() -> {
                Money amount = claim(tx, refund);
                yield new Begun(
                        null,
                        sagas.begin(
                                tx,
                                refundId,
                                new OrderRefund(orderId, amount, refund.reason(), refund.restock(), null, null)));
            }
        };
    }

    private Money claim(Transaction tx, RefundStore.NewRefund refund) {
        RefundStore.Start start = store.start(tx, refund)
                .orElseThrow(() -> ProblemException.notFound("order-not-found", "there is no such order"));
        return switch (start) {
            case RefundStore.Start.Started(Money amount) -> {
                AuditLog.record(
                        tx,
                        AuditedAct.of("order.refund-requested", "order", refund.orderId())
                                .with("refund", refund.id())
                                .withAmount("amount", amount)
                                .with("products", refund.restock().size()));
                yield amount;
            }
            case RefundStore.Start.NotRefundable(String status) ->
                throw ProblemException.conflict(
                                "order-not-refundable", "nothing is given back for an order that is " + status)
                        .withProperty("orderStatus", status);
            case RefundStore.Start.OtherCurrency(String currency) ->
                throw ProblemException.unprocessable("currency-mismatch", "the order is in " + currency)
                        .with("/amount", "currency-mismatch", "the order is in " + currency);
            case RefundStore.Start.TooMuch(Money left) ->
                throw ProblemException.conflict("refund-exceeds-capture", "at most " + left + " can be given back")
                        .withProperty("left", left);
            case RefundStore.Start.InParcels(UUID productId, long left) ->
                throw ProblemException.conflict(
                                "restock-in-shipments",
                                "of the product " + productId + " only " + left
                                        + " do not lie in shipments that wait or are under way; cancel the former first, or say what"
                                        + " became of the latter")
                        .withProperty("productId", productId)
                        .withProperty("left", left);
            case RefundStore.Start.MoreThanSold(UUID productId, long left) ->
                throw ProblemException.conflict(
                                "restock-exceeds-order",
                                "of the product " + productId + " at most " + left + " can come back")
                        .withProperty("productId", productId)
                        .withProperty("left", left);
        };
    }

    private static void requireSensible(RefundOrder request) {
        ProblemException problem = ProblemException.unprocessable("invalid-request", "the refund is not valid");
        Money amount = request.amount();
        if (amount != null && (amount.isNegative() || amount.isZero())) {
            problem.with("/amount", "not-positive", "a refund is more than nothing");
        }
        Set<UUID> products = new HashSet<>();
        List<StockLine> restock = request.restockLines();
        for (int i = 0; i < restock.size(); i++) {
            if (!products.add(restock.get(i).productId())) {
                problem.with("/restock/" + i + "/productId", "duplicate", "name each product once");
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }
}
