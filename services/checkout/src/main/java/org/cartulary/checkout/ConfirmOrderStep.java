package org.cartulary.checkout;

import java.util.List;
import java.util.Objects;
import org.cartulary.contracts.cart.CartApi;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.ConfirmOrderResult;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Confirms the order: it is paid, and its stock is sold. The last step, so that nothing can fail after it. The cart, if there is
 * one, is told at once; if that fails {@link CheckoutUpkeep#convertDueCarts} tries again, so that no order waits for a cart.
 */
record ConfirmOrderStep(CheckoutsInPlacement checkouts, OrderApi orders, CartApi carts)
        implements SagaStep<PlaceOrder> {

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmOrderStep.class);

    @Override
    public String name() {
        return "confirm-order";
    }

    @Override
    public StepResult<PlaceOrder> run(PlaceOrder state, SagaRun run) {
        return switch (orders.confirm(new ConfirmOrder(
                state.orderId(),
                Objects.requireNonNull(state.paymentId()),
                Objects.requireNonNull(state.paymentMethod())))) {
            case ConfirmOrderResult.Confirmed confirmed -> new StepResult.Done<>(withConvertedCart(state));
            case ConfirmOrderResult.NotConfirmable(String status) ->
                new StepResult.Refused<>(
                        state,
                        "order-cancelled",
                        "the order, which is " + status + ", or its payment was cancelled before it was confirmed");
        };
    }

    private PlaceOrder withConvertedCart(PlaceOrder state) {
        CheckoutSession session = checkouts.of(state).session();
        CheckoutSession.CartVersion cart = session.cart();
        if (cart == null) {
            return state;
        }
        List<ConvertCart.OrderedLine> lines = session.lines().stream()
                .map(line -> new ConvertCart.OrderedLine(line.productId(), line.quantity()))
                .toList();
        try {
            carts.convert(new ConvertCart(cart.id(), state.orderId(), cart.version(), Ids.madeAt(session.id()), lines));
            return state.withConvertedCart(cart.id());
        } catch (RuntimeException failure) {
            LOG.warn("the cart {} does not know yet that it was ordered; a job tries again", cart.id(), failure);
            return state;
        }
    }

    /** Nothing to undo: no step comes after it, and {@link CreateOrderStep} cancels the order. */
    @Override
    public PlaceOrder compensate(PlaceOrder state, SagaRun run) {
        return state;
    }
}
