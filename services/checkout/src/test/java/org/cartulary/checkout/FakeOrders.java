package org.cartulary.checkout;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.CancelOrderResult;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.ConfirmOrderResult;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.contracts.order.EarlierOrders;
import org.cartulary.contracts.order.FindEarlierOrders;
import org.cartulary.contracts.order.FindOrder;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.contracts.order.OrderFact;
import org.cartulary.contracts.order.OrderSummary;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;

/** Orders in memory that keep the promises of the contract. */
final class FakeOrders implements OrderApi {

    final Map<UUID, CreateOrder> created = new LinkedHashMap<>();
    final Map<UUID, String> statuses = new HashMap<>();
    private final Crash crash;
    volatile List<CreateOrderResult.Violation> violations = List.of();

    FakeOrders(Crash crash) {
        this.crash = crash;
    }

    @Override
    public CreateOrderResult create(CreateOrder command) {
        crash.reach("before order.create");
        CreateOrderResult result = createOnce(command);
        crash.reach("after order.create");
        return result;
    }

    private synchronized CreateOrderResult createOnce(CreateOrder command) {
        String status = statuses.get(command.orderId());
        if (status != null) {
            return status.equals("CANCELLED") ? new CreateOrderResult.AlreadyCancelled() : created(command.orderId());
        }
        if (!violations.isEmpty()) {
            return new CreateOrderResult.Refused(violations);
        }
        for (CreateOrder other : created.values()) {
            if (command.externalReference() != null
                    && command.externalReference().equals(other.externalReference())) {
                return new CreateOrderResult.DuplicateReference(other.orderId());
            }
        }
        created.put(command.orderId(), command);
        statuses.put(command.orderId(), "CREATED");
        return created(command.orderId());
    }

    private static CreateOrderResult created(UUID orderId) {
        return new CreateOrderResult.Created("O-" + orderId, Instant.EPOCH);
    }

    @Override
    public ConfirmOrderResult confirm(ConfirmOrder command) {
        crash.reach("before order.confirm");
        ConfirmOrderResult result = confirmOnce(command);
        crash.reach("after order.confirm");
        return result;
    }

    private synchronized ConfirmOrderResult confirmOnce(ConfirmOrder command) {
        String status = statuses.getOrDefault(command.orderId(), "NONE");
        if (!status.equals("CREATED") && !status.equals("CONFIRMED")) {
            return new ConfirmOrderResult.NotConfirmable(status);
        }
        statuses.put(command.orderId(), "CONFIRMED");
        return new ConfirmOrderResult.Confirmed();
    }

    @Override
    public CancelOrderResult cancel(CancelOrder command) {
        crash.reach("before order.cancel");
        synchronized (this) {
            statuses.put(command.orderId(), "CANCELLED");
        }
        crash.reach("after order.cancel");
        return new CancelOrderResult.Cancelled();
    }

    @Override
    public @Nullable OrderSummary find(FindOrder query) {
        return null;
    }

    @Override
    public synchronized EarlierOrders findEarlier(FindEarlierOrders query) {
        return new EarlierOrders(created.values().stream()
                .anyMatch(order -> query.customerId().equals(order.customerId())
                        && !"CANCELLED".equals(statuses.get(order.orderId()))));
    }

    @Override
    public FactPage<OrderFact> facts(FactsAfter query) {
        return new FactPage<>(List.of());
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return List.of();
    }
}
