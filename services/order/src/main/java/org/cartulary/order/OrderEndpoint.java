package org.cartulary.order;

import java.util.List;
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
import org.springframework.web.bind.annotation.RestController;

/** What other services may ask of orders. */
@RestController
final class OrderEndpoint implements OrderApi {

    private final CreatingOrder creating;
    private final ConfirmingOrder confirming;
    private final CancellingOrder cancelling;
    private final OrderFacts facts;
    private final OrderInvariants invariants;

    OrderEndpoint(
            CreatingOrder creating,
            ConfirmingOrder confirming,
            CancellingOrder cancelling,
            OrderFacts facts,
            OrderInvariants invariants) {
        this.creating = creating;
        this.confirming = confirming;
        this.cancelling = cancelling;
        this.facts = facts;
        this.invariants = invariants;
    }

    @Override
    public CreateOrderResult create(CreateOrder command) {
        return creating.create(command);
    }

    @Override
    public ConfirmOrderResult confirm(ConfirmOrder command) {
        return confirming.confirm(command);
    }

    @Override
    public CancelOrderResult cancel(CancelOrder command) {
        return cancelling.cancel(command);
    }

    @Override
    public @Nullable OrderSummary find(FindOrder query) {
        return facts.find(query.id());
    }

    @Override
    public EarlierOrders findEarlier(FindEarlierOrders query) {
        return facts.earlier(query);
    }

    @Override
    public FactPage<OrderFact> facts(FactsAfter query) {
        return facts.after(query);
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return invariants.check();
    }
}
