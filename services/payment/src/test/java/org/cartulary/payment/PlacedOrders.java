package org.cartulary.payment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

/** Orders of which only the status matters; one that is GONE is not found. */
final class PlacedOrders implements OrderApi {

    final Map<UUID, String> statuses = new ConcurrentHashMap<>();

    @Override
    public @Nullable OrderSummary find(FindOrder query) {
        String status = statuses.getOrDefault(query.id(), "GONE");
        return status.equals("GONE")
                ? null
                : new OrderSummary(query.id(), "K7Q2", status, null, null, PaymentFixture.gbp("12.34"), Instant.EPOCH);
    }

    @Override
    public CreateOrderResult create(CreateOrder command) {
        throw notAsked();
    }

    @Override
    public ConfirmOrderResult confirm(ConfirmOrder command) {
        throw notAsked();
    }

    @Override
    public CancelOrderResult cancel(CancelOrder command) {
        throw notAsked();
    }

    @Override
    public EarlierOrders findEarlier(FindEarlierOrders query) {
        throw new UnsupportedOperationException("payments do not ask for earlier orders");
    }

    @Override
    public FactPage<OrderFact> facts(FactsAfter query) {
        throw notAsked();
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        throw notAsked();
    }

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException("a payment asks for an order's status only");
    }
}
