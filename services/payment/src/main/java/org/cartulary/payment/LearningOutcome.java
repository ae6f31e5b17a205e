package org.cartulary.payment;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Database;

/**
 * Asks a provider by key what became of a payment, and records it as the provider's own answer would have been. Nothing is
 * taken from whoever gave the hint, so that a message may come twice, late, out of order, or before the answer. Thread-safe.
 */
final class LearningOutcome {

    /** What the provider says. */
    enum Learned {
        /** It is recorded, as far as it was not before. */
        RECORDED,
        /** The provider has not heard of the payment. */
        NOT_FOUND,
        /** The provider does not say, or is not done. */
        UNKNOWN
    }

    private final Database database;
    private final PaymentStore store;
    private final RecordingPayments records;
    private final PaymentProviders providers;
    private final RefundingPayment refunding;
    private final GivingUpCharge givingUp;

    LearningOutcome(
            Database database,
            PaymentStore store,
            RecordingPayments records,
            PaymentProviders providers,
            RefundingPayment refunding,
            GivingUpCharge givingUp) {
        this.database = database;
        this.store = store;
        this.records = records;
        this.providers = providers;
        this.refunding = refunding;
        this.givingUp = givingUp;
    }

    /** Learns what became of the order's payment; a payment that moves no money is as its row says. */
    Learned learn(UUID orderId) {
        Optional<Payment> payment = database.inReadTransaction(tx -> store.find(tx, orderId));
        if (payment.isEmpty() || !payment.get().movesMoney()) {
            return Learned.RECORDED;
        }
        return switch (providers.of(payment.get()).find(ProviderKeys.authorize(orderId))) {
            case ProviderLookup.Found(ProviderCharge charge) -> record(payment.get(), charge);
            case ProviderLookup.NotFound() -> Learned.NOT_FOUND;
            case ProviderLookup.Unknown(String detail) -> Learned.UNKNOWN;
        };
    }

    private Learned record(Payment payment, ProviderCharge charge) {
        return switch (payment.status()) {
            case PENDING -> recordOfPending(payment, charge);
            case AUTHORIZED -> {
                if (charge.state() == ProviderCharge.State.CAPTURED) {
                    records.captured(payment, charge.approval().reference());
                } else if (!charge.isLive()) {
                    records.voided(payment, charge.approval().reference(), RecordingPayments.GIVEN_UP);
                }
                yield Learned.RECORDED;
            }
            case CAPTURED, SETTLED, PARTIALLY_REFUNDED ->
                refunding.resume(payment) == null ? Learned.RECORDED : Learned.UNKNOWN;
            case CANCELLED, FAILED -> !charge.isLive() || givingUp.giveUp(payment) ? Learned.RECORDED : Learned.UNKNOWN;
            case REFUNDED -> Learned.RECORDED;
        };
    }

    private Learned recordOfPending(Payment payment, ProviderCharge charge) {
        return switch (charge.state()) {
            case AUTHORIZED, CAPTURED -> recordLive(payment, charge);
            case DECLINED -> {
                String code = Objects.requireNonNullElse(charge.declineCode(), "declined");
                decline(payment, new ProviderAnswer.Declined(code, "the provider declined"));
                yield Learned.RECORDED;
            }
            case VOIDED -> {
                records.voided(payment, charge.approval().reference(), RecordingPayments.GIVEN_UP);
                yield Learned.RECORDED;
            }
        };
    }

    private Learned recordLive(Payment payment, ProviderCharge charge) {
        if (!payment.money(payment.amount()).equals(charge.amount())) {
            decline(
                    payment,
                    new ProviderAnswer.Declined(
                            ProviderAnswer.AMOUNT_DIFFERS, "the provider charged another amount, which is given up"));
            return givingUp.giveUp(payment) ? Learned.RECORDED : Learned.UNKNOWN;
        }
        Payment recorded = records.authorized(payment, charge.approval());
        if (recorded.isOffWithoutCapture()) {
            return givingUp.giveUp(recorded) ? Learned.RECORDED : Learned.UNKNOWN;
        }
        if (charge.state() == ProviderCharge.State.CAPTURED) {
            records.captured(recorded, charge.approval().reference());
        }
        return Learned.RECORDED;
    }

    private void decline(Payment payment, ProviderAnswer.Declined declined) {
        records.declined(payment, declined);
    }
}
