package org.cartulary.checkout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.CancelOrderResult;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;
import org.jspecify.annotations.Nullable;

/** Creates the order, unpaid. */
record CreateOrderStep(CheckoutsInPlacement checkouts, OrderApi orders) implements SagaStep<PlaceOrder> {

    @Override
    public String name() {
        return "create-order";
    }

    @Override
    public StepResult<PlaceOrder> run(PlaceOrder state, SagaRun run) {
        return switch (orders.create(command(state, checkouts.of(state)))) {
            case CreateOrderResult.Created(String orderNumber, Instant placedAt) ->
                new StepResult.Done<>(state.withOrderNumber(orderNumber));
            case CreateOrderResult.Refused(List<CreateOrderResult.Violation> violations) ->
                new StepResult.Refused<>(
                        state.withRefusals(violations.stream()
                                .map(violation -> new Refusal.Detail("", violation.code(), violation.detail(), null))
                                .toList()),
                        "order-rules-violated",
                        "the order breaks rules of the shop");
            case CreateOrderResult.DuplicateReference(UUID orderId) ->
                new StepResult.Refused<>(
                        state.withOtherOrder(orderId),
                        "duplicate-reference",
                        "another order has this external reference");
            case CreateOrderResult.AlreadyCancelled cancelled ->
                new StepResult.Refused<>(state, "order-cancelled", "the order was cancelled before it was placed");
        };
    }

    @Override
    public PlaceOrder compensate(PlaceOrder state, SagaRun run) {
        return switch (orders.cancel(new CancelOrder(state.orderId(), "order-not-completed"))) {
            case CancelOrderResult.Cancelled cancelled -> state;
            case CancelOrderResult.NotCancellable(String status) ->
                throw new IllegalStateException(
                        "the order " + state.orderId() + " is " + status + " though it was never confirmed");
        };
    }

    private static CreateOrder command(PlaceOrder state, CheckoutsInPlacement.Placement placement) {
        CheckoutSession session = placement.session();
        Totals totals = session.totals();
        return new CreateOrder(
                state.orderId(),
                session.customerId(),
                session.guestId(),
                session.email(),
                lines(session),
                totals.subtotal(),
                totals.tax(),
                totals.includedTax(),
                totals.shipping(),
                totals.discount(),
                totals.total(),
                totals.adjustments(),
                session.shippingAddress(),
                session.billingAddress(),
                session.shippingMethodId(),
                session.shippingMethodName(),
                couponCode(session),
                session.placedAt(),
                session.externalReference(),
                placement.settings().orders());
    }

    private static List<OrderLine> lines(CheckoutSession session) {
        Currency currency = session.totals().currency();
        List<Money> totals =
                session.lines().stream().map(line -> line.total(currency)).toList();
        List<Money> discounts = session.totals().discountByLine(totals.size());
        List<Money> taxes = session.totals().taxByLine(totals.size());
        List<Money> includedTaxes = session.totals().includedTaxByLine(totals.size());
        List<OrderLine> lines = new ArrayList<>();
        for (int i = 0; i < totals.size(); i++) {
            CheckoutLine line = session.lines().get(i);
            lines.add(new OrderLine(
                    line.productId(),
                    line.sku(),
                    line.name(),
                    line.imageUrl(),
                    line.quantity(),
                    line.price(currency),
                    discounts.get(i),
                    taxes.get(i),
                    includedTaxes.get(i),
                    totals.get(i),
                    line.vendor()));
        }
        return lines;
    }

    private static @Nullable String couponCode(CheckoutSession session) {
        return session.couponCodes().isEmpty() ? null : String.join(" ", session.couponCodes());
    }
}
