package org.cartulary.payment;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the money that was reserved, once. Thread-safe. */
final class CapturingPayment {

    /** Why a payment is cancelled whose capture was declined for good. */
    static final String NOT_CAPTURED = "not-captured-by-provider";

    private static final Duration NOT_YET = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(CapturingPayment.class);

    private final Database database;
    private final CoalescedPayments payments;
    private final PaymentStore store;
    private final PaymentProviders providers;
    private final RecordingPayments records;

    CapturingPayment(
            Database database,
            CoalescedPayments payments,
            PaymentStore store,
            PaymentProviders providers,
            RecordingPayments records) {
        this.database = database;
        this.payments = payments;
        this.store = store;
        this.providers = providers;
        this.records = records;
    }

    /**
     * Writes down that the money of an order's payment is to be taken, if it is authorised; from then on a job sees to it.
     *
     * @return the payment, if a provider is to be asked for it
     * @throws ProblemException 503 if the payment is not there yet, or its authorisation not known
     * @throws IllegalStateException if there is nothing to take
     */
    Optional<Payment> begin(UUID orderId) {
        Payment payment = payments.startCapture(orderId).orElseThrow(() -> notYet(orderId));
        return isForProvider(payment) ? Optional.of(payment) : Optional.empty();
    }

    /**
     * Takes the money of a payment that {@link #begin} has just returned. It may have changed since: the provider takes the money
     * once for its key, and takes none that was given up, and what it answers is recorded of the payment as it is then.
     *
     * @throws UndecidedCaptureException if it cannot be taken now; a job goes on with it
     */
    void capture(Payment begun) {
        ask(begun, ProviderKeys.capture(begun.orderId()));
    }

    /**
     * Takes the money of an order's payment, if it is authorised; does nothing if it was taken or cancelled before.
     *
     * @throws UndecidedCaptureException if it cannot be taken now; a job goes on with it
     * @throws ProblemException as {@link #begin}
     * @throws IllegalStateException if there is nothing to take
     */
    void capture(UUID orderId) {
        begin(orderId).ifPresent(this::capture);
    }

    private boolean isForProvider(Payment payment) {
        return switch (payment.status()) {
            case AUTHORIZED -> {
                if (!payment.movesMoney()) {
                    records.captured(payment, "nothing-to-pay");
                }
                yield payment.movesMoney();
            }
            case PENDING -> throw notYet(payment.orderId());
            case FAILED -> throw new IllegalStateException("the payment of order " + payment.orderId() + " is FAILED");
            case CAPTURED, SETTLED, CANCELLED, PARTIALLY_REFUNDED, REFUNDED -> false;
        };
    }

    private static ProblemException notYet(UUID orderId) {
        return ProblemException.unavailable(
                "service-unavailable", "the payment of order " + orderId + " is not authorised yet", NOT_YET);
    }

    private void ask(Payment payment, String key) {
        ProviderAnswer answer = providers
                .of(payment)
                .capture(ProviderKeys.authorize(payment.orderId()), key, payment.money(payment.amount()));
        switch (answer) {
            case ProviderAnswer.Approved approved -> records.captured(payment, approved.reference());
            case ProviderAnswer.Declined declined -> refuse(payment, declined);
            case ProviderAnswer.Unknown unknown ->
                throw new UndecidedCaptureException("it is not known whether the payment of order " + payment.orderId()
                        + " was captured: " + unknown.detail());
        }
    }

    /**
     * A charge that is over is recorded as such. One that is still reserved is asked for again for half an hour, and then
     * given up: what is not paid for is not delivered, and the order hears of it.
     */
    private void refuse(Payment payment, ProviderAnswer.Declined declined) {
        String chargeKey = ProviderKeys.authorize(payment.orderId());
        switch (providers.of(payment).find(chargeKey)) {
            case ProviderLookup.Found(ProviderCharge charge)
            when !charge.isLive() -> records.voided(payment, charge.approval().reference(), RecordingPayments.GIVEN_UP);
            case ProviderLookup.Found found -> giveUp(payment, chargeKey, declined);
            case ProviderLookup.NotFound() -> records.voided(payment, "unheard of", RecordingPayments.GIVEN_UP);
            case ProviderLookup.Unknown unknown -> throw refused(payment, declined);
        }
    }

    private void giveUp(Payment payment, String chargeKey, ProviderAnswer.Declined declined) {
        if (!database.inReadTransaction(tx -> store.isCaptureOverdue(tx, payment.orderId()))) {
            throw refused(payment, declined);
        }
        String key = ProviderKeys.cancel(payment.orderId());
        database.inTransaction(tx -> store.beginVoid(tx, payment.id(), key));
        switch (providers.of(payment).cancel(chargeKey, key)) {
            case ProviderAnswer.Approved approved -> {
                LOG.error(
                        "the provider does not capture the payment of order {}: {}",
                        payment.orderId(),
                        declined.code());
                records.voided(payment, approved.reference(), NOT_CAPTURED);
            }
            case ProviderAnswer.Declined kept -> {
                // It may have taken the money meanwhile: the next attempt to capture learns of it.
                database.inTransaction(tx -> {
                    store.transactionDeclined(tx, payment, key, kept);
                    return kept;
                });
                throw refused(payment, declined);
            }
            case ProviderAnswer.Unknown unknown -> throw refused(payment, declined);
        }
    }

    private static UndecidedCaptureException refused(Payment payment, ProviderAnswer.Declined declined) {
        return new UndecidedCaptureException(
                "the provider does not capture the payment of order " + payment.orderId() + ": " + declined.code());
    }
}
