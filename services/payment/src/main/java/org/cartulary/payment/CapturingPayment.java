package org.cartulary.payment;

import java.util.UUID;
import org.cartulary.platform.database.Database;

/** Takes the money that was reserved, once. Thread-safe. */
final class CapturingPayment {

    private final Database database;
    private final PaymentStore store;
    private final PaymentProviders providers;
    private final PaymentRecords records;

    CapturingPayment(Database database, PaymentStore store, PaymentProviders providers, PaymentRecords records) {
        this.database = database;
        this.store = store;
        this.providers = providers;
        this.records = records;
    }

    /**
     * Takes the money of an order's payment, if it is authorised; does nothing if it was taken or cancelled before.
     *
     * @throws IllegalStateException if it cannot be taken now, so that it has to be tried again
     */
    void capture(UUID orderId) {
        String key = ProviderKeys.capture(orderId);
        Payment payment = database.inTransaction(tx -> {
            Payment found = store.find(tx, orderId)
                    .orElseThrow(() -> new IllegalStateException("order " + orderId + " has no payment"));
            return store.startTransaction(tx, found.id(), PaymentStore.TransactionType.CAPTURE, key);
        });
        switch (payment.status()) {
            case AUTHORIZED -> ask(payment, key);
            case PENDING, FAILED ->
                throw new IllegalStateException("the payment of order " + orderId + " is " + payment.status());
            case CAPTURED, SETTLED, CANCELLED, PARTIALLY_REFUNDED, REFUNDED -> {}
        }
    }

    private void ask(Payment payment, String key) {
        if (!payment.movesMoney()) {
            records.captured(payment, "nothing-to-pay");
            return;
        }
        ProviderAnswer answer = providers
                .of(payment)
                .capture(ProviderKeys.authorize(payment.orderId()), key, payment.money(payment.amount()));
        switch (answer) {
            case ProviderAnswer.Approved approved -> records.captured(payment, approved.reference());
            case ProviderAnswer.Declined declined -> refuse(payment, key, declined);
            case ProviderAnswer.Unknown unknown ->
                throw new IllegalStateException("it is not known whether the payment of order " + payment.orderId()
                        + " was captured: " + unknown.detail());
        }
    }

    private void refuse(Payment payment, String key, ProviderAnswer.Declined declined) {
        Payment.Status status = database.inTransaction(tx -> {
            store.transactionDeclined(tx, payment, key, declined);
            return store.find(tx, payment.orderId()).orElseThrow().status();
        });
        if (status == Payment.Status.AUTHORIZED) {
            throw new IllegalStateException(
                    "the provider does not capture the payment of order " + payment.orderId() + ": " + declined.code());
        }
    }
}
