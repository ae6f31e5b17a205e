package org.cartulary.payment;

import org.cartulary.platform.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up what a provider reserves although the payment has ended, for instance because it approved too late. A job goes on
 * with it where the provider does not say that it is done. Thread-safe.
 */
final class GivingUpCharge {

    private static final Logger LOG = LoggerFactory.getLogger(GivingUpCharge.class);

    private final Database database;
    private final PaymentStore store;
    private final PaymentRecords records;
    private final RefundingPayment refunding;
    private final PaymentProviders providers;

    GivingUpCharge(
            Database database,
            PaymentStore store,
            PaymentRecords records,
            RefundingPayment refunding,
            PaymentProviders providers) {
        this.database = database;
        this.store = store;
        this.records = records;
        this.refunding = refunding;
        this.providers = providers;
    }

    /** Says whether nothing is reserved any more, nor taken without being given back. */
    boolean giveUp(Payment payment) {
        return giveUp(payment, ProviderKeys.cancelLate(payment.orderId()));
    }

    boolean giveUp(Payment payment, String key) {
        database.inTransaction(tx -> store.startTransaction(tx, payment.id(), PaymentStore.TransactionType.VOID, key));
        ProviderAnswer answer = providers.of(payment).cancel(ProviderKeys.authorize(payment.orderId()), key);
        return switch (answer) {
            case ProviderAnswer.Approved approved ->
                database.inTransaction(tx -> {
                    store.transactionApproved(tx, payment, key, approved);
                    return true;
                });
            case ProviderAnswer.Declined declined -> giveBack(payment, declined);
            case ProviderAnswer.Unknown unknown -> {
                LOG.warn("the charge of order {} is yet to be given up: {}", payment.orderId(), unknown.detail());
                yield false;
            }
        };
    }

    /** Where the provider has taken the money instead it is given back. Otherwise a job goes on with the wish to give it up. */
    private boolean giveBack(Payment payment, ProviderAnswer.Declined declined) {
        ProviderLookup found = providers.of(payment).find(ProviderKeys.authorize(payment.orderId()));
        if (found instanceof ProviderLookup.Found(ProviderCharge charge)
                && charge.state() == ProviderCharge.State.CAPTURED
                && payment.money(payment.amount()).equals(charge.amount())) {
            records.capturedAfterEnd(payment, charge.approval().reference());
            return refunding.resume(payment) == null;
        }
        LOG.error("the provider does not give up the charge of order {}: {}", payment.orderId(), declined.code());
        return false;
    }
}
