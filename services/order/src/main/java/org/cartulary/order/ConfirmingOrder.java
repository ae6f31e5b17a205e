package org.cartulary.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.ConfirmOrderResult;
import org.cartulary.contracts.order.OrderConfirmed;
import org.cartulary.order.OrderStore.Confirmation;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.NewEvent;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.ProblemException;

/**
 * Confirms orders whose payment is authorised; of several confirmations and cancellations one wins. Confirmations that come at
 * the same time are one statement, and their events another. Thread-safe.
 */
final class ConfirmingOrder {

    private final Coalescer<ConfirmOrder, Optional<ConfirmOrderResult>> coalescer;
    private final OrderStore store;
    private final Outbox outbox;

    ConfirmingOrder(Database database, OrderStore store, Outbox outbox) {
        this.coalescer = Coalescing.of(database).together("confirm-order", this::confirmAll);
        this.store = store;
        this.outbox = outbox;
    }

    /** Confirms the order. An order that does not exist is a fault of the caller: 404 {@code order-not-found}. */
    ConfirmOrderResult confirm(ConfirmOrder command) {
        return coalescer
                .call(command)
                .orElseThrow(() -> ProblemException.notFound("order-not-found", "there is no such order"));
    }

    private List<Optional<ConfirmOrderResult>> confirmAll(Transaction tx, List<Call<ConfirmOrder>> calls) {
        List<Optional<Confirmation>> confirmations =
                store.confirm(tx, calls.stream().map(Call::command).toList());
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Call<ConfirmOrder> call = calls.get(i);
            confirmations
                    .get(i)
                    .filter(Confirmation::wasChanged)
                    .ifPresent(confirmation -> events.add(confirmed(call, confirmation)));
        }
        outbox.appendAll(tx, events);
        return confirmations.stream()
                .map(confirmation -> confirmation.map(ConfirmingOrder::result))
                .toList();
    }

    private static ConfirmOrderResult result(Confirmation confirmation) {
        return confirmation.isConfirmed()
                ? new ConfirmOrderResult.Confirmed()
                : new ConfirmOrderResult.NotConfirmable(confirmation.status());
    }

    private static NewEvent confirmed(Call<ConfirmOrder> call, Confirmation confirmation) {
        ConfirmOrder command = call.command();
        OrderConfirmed confirmed = new OrderConfirmed(
                command.orderId(),
                confirmation.orderNumber(),
                confirmation.customerId(),
                command.paymentId(),
                confirmation.total());
        return new NewEvent(confirmed, command.orderId(), confirmation.version(), call.traceId());
    }
}
