package org.cartulary.checkout;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;

/** Payments in memory that keep the promises of the contract. Counts how often the provider was charged. */
final class FakePayments implements PaymentApi {

    final Map<UUID, String> statuses = new HashMap<>();
    private final Map<UUID, UUID> ids = new HashMap<>();
    private final Crash crash;
    private int charges;
    volatile int unknownCancellations;
    /** How many more authorisations fail because the provider, or this service, is away. */
    volatile int away;

    FakePayments(Crash crash) {
        this.crash = crash;
    }

    @Override
    public AuthorizePaymentResult authorize(AuthorizePayment command) {
        crash.reach("before payment.authorize");
        AuthorizePaymentResult result = authorizeOnce(command);
        crash.reach("after payment.authorize");
        return result;
    }

    private synchronized AuthorizePaymentResult authorizeOnce(AuthorizePayment command) {
        UUID id = ids.computeIfAbsent(command.orderId(), orderId -> UUID.randomUUID());
        if (away > 0) {
            away--;
            if (away % 2 == 0) {
                throw ProblemException.unavailable("service-unavailable", "payments are away", Duration.ofSeconds(1));
            }
            return new AuthorizePaymentResult.Unknown(id, "the provider is away");
        }
        String status = statuses.get(command.orderId());
        if ("CANCELLED".equals(status)) {
            return new AuthorizePaymentResult.AlreadyCancelled(id);
        }
        if ("DECLINED".equals(status)) {
            return declined(id);
        }
        if ("AUTHORIZED".equals(status)) {
            return new AuthorizePaymentResult.Authorized(id, "card");
        }
        if (command.token().equals("tok_invalid")) {
            throw ProblemException.unprocessable("provider-not-available", "the shop does not have this provider");
        }
        if (command.token().equals("tok_declined")) {
            statuses.put(command.orderId(), "DECLINED");
            return declined(id);
        }
        if (command.token().equals("tok_timeout") && !"UNKNOWN".equals(status)) {
            statuses.put(command.orderId(), "UNKNOWN");
            return new AuthorizePaymentResult.Unknown(id, "the provider did not answer in time");
        }
        statuses.put(command.orderId(), "AUTHORIZED");
        charges++;
        return new AuthorizePaymentResult.Authorized(id, "card");
    }

    private static AuthorizePaymentResult declined(UUID id) {
        return new AuthorizePaymentResult.Declined(id, "card_declined", "the card was declined");
    }

    @Override
    public CancelPaymentResult cancel(CancelPayment command) {
        crash.reach("before payment.cancel");
        synchronized (this) {
            if (unknownCancellations > 0) {
                unknownCancellations--;
                return new CancelPaymentResult.Unknown("the provider did not answer in time");
            }
            statuses.put(command.orderId(), "CANCELLED");
        }
        crash.reach("after payment.cancel");
        return new CancelPaymentResult.Cancelled("CANCELLED");
    }

    @Override
    public RefundPaymentResult refund(RefundPayment command) {
        throw new UnsupportedOperationException("placing an order refunds nothing");
    }

    synchronized int charges() {
        return charges;
    }

    @Override
    public @Nullable PaymentSummary find(FindPayment query) {
        return null;
    }

    @Override
    public FactPage<PaymentFact> facts(FactsAfter query) {
        return new FactPage<>(List.of());
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return List.of();
    }
}
