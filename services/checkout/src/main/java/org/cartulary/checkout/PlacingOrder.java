package org.cartulary.checkout;

import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.cart.CartApi;
import org.cartulary.contracts.cart.CartSnapshot;
import org.cartulary.contracts.cart.FindCart;
import org.cartulary.platform.coalescing.SharedTransactions;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Claim;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.saga.SagaOutcome;
import org.cartulary.platform.saga.Sagas;
import org.cartulary.platform.saga.StartedSaga;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * Completes checkouts: places the order of one, or undoes everything. The claim of the key, the start of the saga and the
 * step of the checkout to COMPLETING are one transaction, and so are the answer, the end of the saga and the end of the
 * completion. Thread-safe.
 */
record PlacingOrder(
        ReadingCheckouts checkouts,
        SharedTransactions beginnings,
        CheckoutStore store,
        Idempotency idempotency,
        Sagas<PlaceOrder> sagas,
        CheckoutsInPlacement placements,
        PricingLines pricing,
        CartApi carts,
        CheckoutUpkeep upkeep,
        Clock clock) {

    /** What came of the transaction with which a completion begins: either of the two. */
    private record Begun(
            @Nullable StoredAnswer<CompletionAnswer> answer,
            @Nullable StartedSaga<PlaceOrder> saga) {}

    /**
     * Places the order of a checkout.
     *
     * @return the order, CONFIRMED or PENDING
     * @throws ProblemException if it is refused, or the checkout cannot be completed
     */
    PlacedOrder complete(UUID id, CompleteCheckout request, @Nullable String key) {
        requireMayTakeByHand(request.payment());
        CheckoutSession session = checkouts.find(id);
        ProblemException objection = session.status() == CheckoutStatus.OPEN ? objection(session) : null;
        UUID orderId = Ids.next();
        var placement = new CheckoutsInPlacement.Placement(session, request.payment(), placements.settings());
        Idempotency.RequestKey requestKey = idempotency.keyOf(
                new Idempotency.Request("POST /api/v1/store/checkouts/" + id + "/completions", key, request));
        Begun begun = beginnings.run(tx -> begin(tx, orderId, placement, objection, requestKey));
        if (begun.answer() != null) {
            return answer(Objects.requireNonNull(begun.answer().body()));
        }
        placements.remember(orderId, placement);
        try {
            return outcome(session, sagas.proceed(Objects.requireNonNull(begun.saga())));
        } finally {
            placements.forget(orderId);
        }
    }

    private Begun begin(
            Transaction tx,
            UUID orderId,
            CheckoutsInPlacement.Placement placement,
            @Nullable ProblemException objection,
            Idempotency.RequestKey key) {
        CheckoutSession session = placement.session();
        return switch (idempotency.claim(tx, key, orderId, CompletionAnswer.class)) {
            case Claim.Answered<CompletionAnswer>(StoredAnswer<CompletionAnswer> answer) -> new Begun(answer, null);
            case Claim.Claimed<CompletionAnswer>() -> {
                // Only here, so that a repeated request is given its first answer, whatever has changed meanwhile.
                if (objection != null) {
                    throw objection;
                }
                try {
                    if (!store.beginCompletion(tx, session, orderId, placement.payment(), clock.instant())) {
                        throw notOpen(tx, session.id());
                    }
                } catch (DuplicateKeyException e) {
                    // Decided by uq_checkout_sessions_cart_id: a cart becomes one order, however many checkouts it has.
                    throw cartChanged();
                }
                PlaceOrder state =
                        PlaceOrder.of(session.id(), orderId, session.totals().total());
                yield new Begun(null, sagas.begin(tx, orderId, state));
            }
        };
    }

    /** Why the checkout, which is open, must not be completed as it is; {@code null} if it may. */
    private @Nullable ProblemException objection(CheckoutSession session) {
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
        return pricing.recheck(session.lines(), session.totals().currency());
    }

    private static ProblemException cartChanged() {
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

    private ProblemException notOpen(Transaction tx, UUID id) {
        CheckoutSession now = store.find(tx, id);
        if (now == null) {
            return CheckoutProblems.notFound();
        }
        boolean expired =
                now.status() == CheckoutStatus.OPEN && !clock.instant().isBefore(now.expiresAt());
        return expired ? CheckoutProblems.expired() : CheckoutProblems.notOpen(now);
    }

    private PlacedOrder outcome(CheckoutSession session, SagaOutcome<PlaceOrder> outcome) {
        return switch (outcome) {
            case SagaOutcome.Completed<PlaceOrder>(PlaceOrder state) -> {
                upkeep.convertCart(session, state.orderId());
                Answer<CompletionAnswer> placed = PlaceOrderEnd.placed(state);
                yield answer(Objects.requireNonNull(placed.body()));
            }
            case SagaOutcome.Compensated<PlaceOrder>(PlaceOrder state, String code, String detail) ->
                throw PlaceOrderEnd.refusal(state, code, detail).toProblem();
            case SagaOutcome.Pending<PlaceOrder>(UUID orderId) ->
                new PlacedOrder(orderId, null, "PENDING", session.totals().total());
        };
    }

    private static PlacedOrder answer(CompletionAnswer stored) {
        if (stored.refusal() != null) {
            throw stored.refusal().toProblem();
        }
        return Objects.requireNonNull(stored.order());
    }
}
