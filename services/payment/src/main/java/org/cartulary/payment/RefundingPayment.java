package org.cartulary.payment;

import java.util.UUID;
import org.cartulary.contracts.payment.RefundPayment;
import org.cartulary.contracts.payment.RefundPaymentResult;
import org.cartulary.contracts.payment.RefundPaymentResult.Refunded;
import org.cartulary.contracts.payment.RefundPaymentResult.Refused;
import org.cartulary.contracts.payment.RefundPaymentResult.Unknown;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Gives money back. What a refund is to give back is set aside before the provider is asked, and stays so until its answer is
 * known: whatever runs at the same time, no more is given back than was taken. Thread-safe.
 */
final class RefundingPayment {

    private final Database database;
    private final PaymentStore store;
    private final RefundStore refunds;
    private final RecordingPayments records;
    private final PaymentProviders providers;

    RefundingPayment(
            Database database,
            PaymentStore store,
            RefundStore refunds,
            RecordingPayments records,
            PaymentProviders providers) {
        this.database = database;
        this.store = store;
        this.refunds = refunds;
        this.records = records;
        this.providers = providers;
    }

    private record Begun(RefundStore.Start start, @Nullable Payment payment, RefundStore.@Nullable Refund refund) {}

    RefundPaymentResult refund(RefundPayment command) {
        if (command.amount() != null && command.amount().amount().signum() <= 0) {
            throw ProblemException.unprocessable("invalid-money", "the amount of a refund is more than zero");
        }
        Begun begun = database.inTransaction(tx -> new Begun(
                refunds.start(tx, command),
                store.find(tx, command.orderId()).orElse(null),
                refunds.find(tx, ProviderKeys.refund(command.refundId())).orElse(null)));
        Payment payment = begun.payment();
        RefundStore.Refund refund = begun.refund();
        if (!begun.start().outcome().equals("begun") || payment == null || refund == null) {
            return refused(begun);
        }
        return switch (refund.status()) {
            case SUCCEEDED -> refunded(payment, refund);
            case FAILED -> new Refused(refund.failure().code(), refund.failure().detail());
            case PENDING -> ask(payment, refund);
        };
    }

    private static Refused refused(Begun begun) {
        String code = begun.start().outcome();
        String detail = switch (code) {
            case "refund-differs" -> "the refund was asked for before, with another amount or for another order";
            case "nothing-to-refund" -> "nothing was taken, or all of it is given back or about to be";
            case "refund-currency-differs" -> "the payment is in another currency";
            case "refund-exceeds-capture" ->
                "of what was taken " + begun.start().remaining() + " is left that is not given back or about to be";
            default -> throw new IllegalStateException("unknown outcome of a refund: " + code);
        };
        return new Refused(code, detail);
    }

    private static Refunded refunded(Payment payment, RefundStore.Refund refund) {
        return new Refunded(
                payment.money(refund.amount()),
                payment.money(payment.refundedAmount()),
                payment.status().name());
    }

    /** Asks the provider for a refund that was begun, now or earlier, under the refund's own key, and records its answer. */
    private RefundPaymentResult ask(Payment payment, RefundStore.Refund refund) {
        ProviderAnswer answer = providers
                .of(payment)
                .refund(ProviderKeys.authorize(payment.orderId()), refund.key(), payment.money(refund.amount()));
        return switch (answer) {
            case ProviderAnswer.Approved approved ->
                refunded(records.refunded(payment, refund, approved.reference()), refund);
            case ProviderAnswer.Declined declined -> decline(payment, refund, declined);
            case ProviderAnswer.Unknown unknown -> new Unknown(unknown.detail());
        };
    }

    private RefundPaymentResult decline(Payment payment, RefundStore.Refund refund, ProviderAnswer.Declined declined) {
        Begun ended = database.inTransaction(tx -> {
            store.transactionDeclined(tx, payment, refund.key(), declined);
            return new Begun(
                    new RefundStore.Start("begun", refund.amount()),
                    store.find(tx, payment.orderId()).orElseThrow(),
                    refunds.find(tx, refund.key()).orElseThrow());
        });
        // Somebody else may have heard before that it was given back.
        return ended.payment() != null
                        && ended.refund() != null
                        && ended.refund().status() == RefundStore.Refund.Status.SUCCEEDED
                ? refunded(ended.payment(), ended.refund())
                : new Refused(declined.code(), declined.detail());
    }

    /**
     * Goes on with all refunds of the payment whose outcome is not known.
     *
     * @return what stands in the way of knowing all of them, {@code null} if all are known
     */
    @Nullable String resume(Payment payment) {
        String obstacle = null;
        for (RefundStore.Refund refund : database.inReadTransaction(tx -> refunds.pending(tx, payment.id()))) {
            if (ask(payment, refund) instanceof Unknown(String detail)) {
                obstacle = detail;
            }
        }
        return obstacle;
    }

    /**
     * Gives back all that is left of the payment, unless a refund of it is still under way.
     *
     * @return what stands in the way, {@code null} if the payment is to be looked at again
     */
    @Nullable String refundRest(Payment payment, String reason) {
        String obstacle = resume(payment);
        if (obstacle != null) {
            return obstacle;
        }
        UUID orderId = payment.orderId();
        var pending = database.inTransaction(tx -> {
            refunds.startRest(tx, orderId, reason);
            return refunds.pending(tx, payment.id());
        });
        for (RefundStore.Refund refund : pending) {
            switch (ask(payment, refund)) {
                case Refunded refunded -> {}
                case Refused(String code, String detail) -> obstacle = detail;
                case Unknown(String detail) -> obstacle = detail;
            }
        }
        return obstacle;
    }

    /** Records that there was nothing to give back, because nothing was to be paid. */
    void refundNothing(Payment payment, String reason) {
        database.inTransaction(tx -> refunds.refundedNothing(tx, payment, reason));
    }
}
