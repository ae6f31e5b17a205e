package org.cartulary.payment;

import java.util.List;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.contracts.payment.CancelPaymentResult.Cancelled;
import org.cartulary.contracts.payment.CancelPaymentResult.Unknown;
import org.cartulary.platform.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a customer is not charged: gives up what is reserved, gives back what was taken, and leaves a cancelled
 * payment where there was none, so that none can begin. Where a capture runs at the same time the provider decides, and
 * this goes by what it says. Thread-safe.
 */
final class CancellingPayment {

    /** Each round meets the payment in a later state: reserved, taken, given back. */
    private static final int MAX_ROUNDS = 6;

    private final Database database;
    private final PaymentStore store;
    private final PaymentProviders providers;
    private final RecordingPayments records;
    private final RefundingPayment refunding;
    private final LearningOutcome learning;
    private final GivingUpCharge givingUp;

    CancellingPayment(
            Database database,
            PaymentStore store,
            PaymentProviders providers,
            RecordingPayments records,
            RefundingPayment refunding,
            LearningOutcome learning,
            GivingUpCharge givingUp) {
        this.database = database;
        this.store = store;
        this.providers = providers;
        this.records = records;
        this.refunding = refunding;
        this.learning = learning;
        this.givingUp = givingUp;
    }

    CancelPaymentResult cancel(CancelPayment command) {
        for (int round = 1; round <= MAX_ROUNDS; round++) {
            Payment payment = records.cancelledUnlessBegun(command.orderId(), command.reason());
            List<String> openVoids = isOver(payment) ? openVoids(payment) : List.of();
            if (isOver(payment) && openVoids.isEmpty()) {
                return new Cancelled(payment.status().name());
            }
            String obstacle = switch (payment.status()) {
                case PENDING, AUTHORIZED -> giveUp(payment, command.reason());
                case CAPTURED, SETTLED, PARTIALLY_REFUNDED -> giveBack(payment, command.reason());
                case CANCELLED, FAILED -> finish(payment, openVoids);
                case REFUNDED -> close(payment, openVoids);
            };
            if (obstacle != null) {
                return new Unknown(obstacle);
            }
        }
        return new Unknown("the payment of order " + command.orderId() + " kept changing");
    }

    private static boolean isOver(Payment payment) {
        return switch (payment.status()) {
            case CANCELLED, FAILED, REFUNDED -> true;
            case PENDING, AUTHORIZED, CAPTURED, SETTLED, PARTIALLY_REFUNDED -> false;
        };
    }

    private List<String> openVoids(Payment payment) {
        return database.inReadTransaction(tx -> store.openVoids(tx, payment.id()));
    }

    /** The records have ended; the provider may still have something to give up or back. */
    private @Nullable String finish(Payment payment, List<String> openVoids) {
        for (String key : openVoids) {
            if (!givingUp.giveUp(payment, key)) {
                return "the provider has yet to give up the charge of order " + payment.orderId();
            }
        }
        return null;
    }

    /** There is nothing to give up any more. */
    private @Nullable String close(Payment payment, List<String> openVoids) {
        ProviderAnswer.Declined captured = new ProviderAnswer.Declined(
                ProviderAnswer.CAPTURED, "the provider has taken the money, and given it back");
        database.inTransaction(tx -> {
            openVoids.forEach(key -> store.transactionDeclined(tx, payment, key, captured));
            return openVoids;
        });
        return null;
    }

    /** Answers with what stands in the way, {@code null} if the payment is to be looked at again. */
    private @Nullable String giveUp(Payment payment, String reason) {
        if (!payment.movesMoney()) {
            records.voided(payment, "nothing-to-pay", reason);
            return null;
        }
        String key = ProviderKeys.cancel(payment.orderId());
        String chargeKey = ProviderKeys.authorize(payment.orderId());
        database.inTransaction(tx -> store.beginVoid(tx, payment.id(), key));
        return switch (providers.of(payment).cancel(chargeKey, key)) {
            case ProviderAnswer.Approved approved -> {
                records.voided(payment, approved.reference(), reason);
                yield null;
            }
            case ProviderAnswer.Declined declined -> {
                // The money may have been taken meanwhile: that is recorded first, and then it is given back. Until
                // then
                // a job goes on with the wish to give it up.
                learning.learn(payment.orderId());
                yield isStillAs(payment) ? declined.detail() : null;
            }
            case ProviderAnswer.Unknown unknown -> unknown.detail();
        };
    }

    private boolean isStillAs(Payment payment) {
        return database.inReadTransaction(tx -> store.find(tx, payment.orderId()))
                .filter(found -> found.status() == payment.status())
                .isPresent();
    }

    private @Nullable String giveBack(Payment payment, String reason) {
        if (!payment.movesMoney()) {
            refunding.refundNothing(payment, reason);
            return null;
        }
        return refunding.refundRest(payment, reason);
    }
}
