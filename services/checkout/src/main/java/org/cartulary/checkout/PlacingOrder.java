package org.cartulary.checkout;

import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.cart.CartApi;
import org.cartulary.contracts.cart.CartSnapshot;
import org.cartulary.contracts.cart.FindCart;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.saga.SagaOutcome;
import org.cartulary.platform.saga.Sagas;
import org.jspecify.annotations.Nullable;

/**
 * Completes checkouts: places the order of one, or undoes everything. The claim of the key, the start of the saga and the
 * step of the checkout to COMPLETING are one transaction, and so are the answer, the end of the saga and the end of the
 * completion. Thread-safe.
 */
record PlacingOrder(
        ReadingCheckouts checkouts,
        Coalescer<BeginningCompletions.Beginning, BeginningCompletions.Begun> beginnings,
        Idempotency idempotency,
        Sagas<PlaceOrder> sagas,
        CheckoutsInPlacement placements,
        PricingLines pricing,
        PromotingLines promoting,
        ChoosingShipping shipping,
        CostingCheckouts costs,
        SealingCheckouts sealing,
        CartApi carts,
        Clock clock) {

    /**
     * Places the order of a checkout.
     *
     * @return the order, CONFIRMED or PENDING
     * @throws ProblemException if it is refused, or the checkout cannot be completed
     */
    PlacedOrder complete(UUID id, CompleteCheckout request, @Nullable String key) {
        requireMayTakeByHand(request.payment());
        CheckoutSession session = checkouts.find(id);
        TenantSettings settings = placements.settings();
        ProblemException objection = session.status() == CheckoutStatus.OPEN ? objection(session, settings) : null;
        UUID orderId = Ids.next();
        var placement = new CheckoutsInPlacement.Placement(session, request.payment(), settings);
        BeginningCompletions.Begun begun = begin(
                new Idempotency.Request("POST /api/v1/store/checkouts/" + id + "/completions", key, request),
                orderId,
                placement,
                objection);
        if (begun.answer() != null) {
            return answer(begun.answer());
        }
        placements.remember(orderId, placement);
        try {
            return outcome(session, sagas.proceed(Objects.requireNonNull(begun.saga())));
        } finally {
            placements.forget(orderId);
        }
    }

    private BeginningCompletions.Begun begin(
            Idempotency.Request request,
            UUID orderId,
            CheckoutsInPlacement.Placement placement,
            @Nullable ProblemException objection) {
        if (objection != null) {
            // Only here, so that a repeated request is given its first answer, whatever has changed meanwhile.
            return new BeginningCompletions.Begun(
                    idempotency
                            .once(request, CompletionAnswer.class, tx -> {
                                throw objection;
                            })
                            .body(),
                    null);
        }
        String token =
                sealing.sealToken(placement.session(), placement.payment().token());
        sagas.aboutToBegin(orderId);
        return beginnings.call(
                new BeginningCompletions.Beginning(idempotency.keyOf(request), orderId, placement, token));
    }

    /** Why the checkout, which is open, must not be completed as it is; {@code null} if it may. */
    private @Nullable ProblemException objection(CheckoutSession session, TenantSettings settings) {
        if (!clock.instant().isBefore(session.expiresAt())) {
            return CheckoutProblems.expired();
        }
        CheckoutSession.CartVersion version = session.cart();
        if (version != null) {
            CartSnapshot cart = carts.find(new FindCart(version.id()));
            if (cart == null || !cart.status().equals("ACTIVE") || cart.version() != version.version()) {
                return cartChanged();
            }
        }
        PricingLines.Rechecked rechecked =
                pricing.recheck(session.lines(), session.totals().currency());
        if (rechecked.problem() != null) {
            return rechecked.problem();
        }
        ProblemException discountChanged = promoting.recheck(session);
        if (discountChanged != null) {
            return discountChanged;
        }
        ProblemException shippingChanged = shipping.recheck(session);
        return shippingChanged == null ? costs.recheck(session, rechecked.lines(), settings) : shippingChanged;
    }

    static ProblemException cartChanged() {
        return ProblemException.conflict(
                "cart-changed",
                "the cart has changed since the checkout was opened, or is being ordered by another one: open a new one");
    }

    /** Whoever says that money changes hands outside the platform has to be trusted with it. */
    private static void requireMayTakeByHand(PaymentChoice payment) {
        if (payment.provider().equals(PaymentChoice.MANUAL)
                && !RequestContext.current().principal().may(Permissions.CHECKOUT_ON_BEHALF)) {
            throw ProblemException.forbidden(
                    "manual-payment-forbidden",
                    "payment by hand needs the permission " + Permissions.CHECKOUT_ON_BEHALF);
        }
    }

    private PlacedOrder outcome(CheckoutSession session, SagaOutcome<PlaceOrder> outcome) {
        return switch (outcome) {
            case SagaOutcome.Completed<PlaceOrder>(PlaceOrder state) -> {
                Answer<CompletionAnswer> placed = PlaceOrderEnd.placed(state);
                yield answer(Objects.requireNonNull(placed.body()));
            }
            case SagaOutcome.Compensated<PlaceOrder>(PlaceOrder state, String code, String detail) ->
                throw PlaceOrderEnd.refusal(state, code, detail).toProblem();
            case SagaOutcome.Pending<PlaceOrder>(UUID orderId) ->
                PlacedOrder.pending(orderId, session.totals().total());
        };
    }

    private static PlacedOrder answer(CompletionAnswer stored) {
        if (stored.refusal() != null) {
            throw stored.refusal().toProblem();
        }
        return Objects.requireNonNull(stored.order());
    }
}
