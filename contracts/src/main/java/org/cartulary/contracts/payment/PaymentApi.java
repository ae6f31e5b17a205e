package org.cartulary.contracts.payment;

import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.SafeToRepeat;
import org.cartulary.platform.remote.Takes;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Payments. An order has one payment; each call may be repeated and has its effect once. Thread-safe. */
@HttpExchange("/internal/payments")
public interface PaymentApi extends Reconcilable {

    /** Reserves the amount with the payment provider. */
    @SafeToRepeat
    @Takes(CallLength.PROVIDER)
    @PostExchange("/authorizations")
    AuthorizePaymentResult authorize(@RequestBody AuthorizePayment command);

    /**
     * Makes sure that the customer is not charged for the order: voids an authorisation, refunds a capture, and refuses
     * an authorisation that comes later.
     */
    @SafeToRepeat
    @Takes(CallLength.PROVIDER)
    @PostExchange("/cancellations")
    CancelPaymentResult cancel(@RequestBody CancelPayment command);

    /**
     * Gives money back. The sum of all refunds of an order never exceeds what was taken, whatever runs at the same time.
     * Unlike {@link #cancel} it leaves the order's payment as it is otherwise.
     */
    @SafeToRepeat
    @Takes(CallLength.PROVIDER)
    @PostExchange("/refunds")
    RefundPaymentResult refund(@RequestBody RefundPayment command);

    /** The payment of an order in the current tenant, or {@code null}. */
    @SafeToRepeat
    @PostExchange("/lookups")
    @Nullable PaymentSummary find(@RequestBody FindPayment query);

    /** The payments of all tenants; for the reconciler. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange("/facts")
    FactPage<PaymentFact> facts(@RequestBody FactsAfter query);
}
