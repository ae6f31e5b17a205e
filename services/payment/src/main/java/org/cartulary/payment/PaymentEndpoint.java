package org.cartulary.payment;

import java.util.List;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.contracts.payment.AuthorizePaymentResult;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.contracts.payment.FindPayment;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.contracts.payment.PaymentFact;
import org.cartulary.contracts.payment.PaymentSummary;
import org.cartulary.contracts.payment.RefundPayment;
import org.cartulary.contracts.payment.RefundPaymentResult;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/** What other services may ask of payments. */
@RestController
final class PaymentEndpoint implements PaymentApi {

    private final AuthorizingPayment authorizing;
    private final CancellingPayment cancelling;
    private final RefundingPayment refunding;
    private final PaymentFacts facts;
    private final PaymentInvariants invariants;

    PaymentEndpoint(
            AuthorizingPayment authorizing,
            CancellingPayment cancelling,
            RefundingPayment refunding,
            PaymentFacts facts,
            PaymentInvariants invariants) {
        this.authorizing = authorizing;
        this.cancelling = cancelling;
        this.refunding = refunding;
        this.facts = facts;
        this.invariants = invariants;
    }

    @Override
    public AuthorizePaymentResult authorize(AuthorizePayment command) {
        return authorizing.authorize(command);
    }

    @Override
    public CancelPaymentResult cancel(CancelPayment command) {
        return cancelling.cancel(command);
    }

    @Override
    public RefundPaymentResult refund(RefundPayment command) {
        return refunding.refund(command);
    }

    @Override
    public @Nullable PaymentSummary find(FindPayment query) {
        return facts.find(query.orderId());
    }

    @Override
    public FactPage<PaymentFact> facts(FactsAfter query) {
        return facts.after(query);
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return invariants.check();
    }
}
