package org.cartulary.order;

import java.util.UUID;
import org.cartulary.order.ShipmentStore.FollowedOrder;
import org.cartulary.order.WithdrawalStore.Withdrawal;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** Decides that units of orders will not be sent. The state of the order follows in the same transaction. Thread-safe. */
record WithdrawingUnits(WithdrawalStore store, OrderProgress progress, Idempotency idempotency) {

    /**
     * Withdraws units of lines.
     *
     * @throws ProblemException 404 {@code order-not-found}; 409 {@code order-not-sendable} or {@code more-than-left}; 422
     *     {@code invalid-request}
     */
    StoredAnswer<WithdrawnUnits> withdraw(UUID orderId, WithdrawUnits request, @Nullable String key) {
        SentUnits.requireDistinct(request.lines());
        UUID withdrawalId = Ids.next();
        return idempotency.once(
                new Idempotency.Request("POST /api/v1/admin/orders/" + orderId + "/withdrawals", key, request),
                WithdrawnUnits.class,
                tx -> {
                    Withdrawal withdrawal = store.withdraw(tx, orderId, withdrawalId, request.lines(), request.reason())
                            .orElseThrow(SendingOrder::noSuchOrder);
                    return Answer.created(withdrawn(tx, withdrawalId, withdrawal), "/api/v1/admin/orders/" + orderId);
                });
    }

    private WithdrawnUnits withdrawn(Transaction tx, UUID withdrawalId, Withdrawal withdrawal) {
        return switch (withdrawal) {
            case Withdrawal.Withdrawn(FollowedOrder order, boolean orderDelivered) -> {
                progress.publishWithdrawal(tx, order, withdrawalId, orderDelivered);
                yield new WithdrawnUnits(withdrawalId, order.id(), order.status());
            }
            case Withdrawal.NotSendable(String status) -> throw SendingOrder.notSendable(status);
            case Withdrawal.NoSuchLine(UUID line) -> throw SendingOrder.noSuchLine(line);
            case Withdrawal.MoreThanLeft(UUID line, int left) -> throw SendingOrder.moreThanLeft(line, left);
        };
    }
}
