package org.cartulary.payment;

import java.time.Duration;
import java.util.Objects;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.money.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up what a provider reserves although the payment has ended, for instance because it approved too late. A job goes on
 * with it where the provider does not say that it is done. Thread-safe.
 */
final class GivingUpCharge {

    /** How long what was asked may be on its way to the provider after nobody waits for its answer any more. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(GivingUpCharge.class);

    private final Database database;
    private final PaymentStore store;
    private final RecordingPayments records;
    private final RefundingPayment refunding;
    private final PaymentProviders providers;

    GivingUpCharge(
            Database database,
            PaymentStore store,
            RecordingPayments records,
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
        database.inTransaction(tx -> store.beginVoid(tx, payment.id(), key));
        ProviderAnswer answer = providers.of(payment).cancel(ProviderKeys.authorize(payment.orderId()), key);
        return switch (answer) {
            case ProviderAnswer.Approved approved -> end(payment, key, approved);
            case ProviderAnswer.Declined declined -> settle(payment, key, declined);
            case ProviderAnswer.Unknown unknown -> {
                LOG.warn("the charge of order {} is yet to be given up: {}", payment.orderId(), unknown.detail());
                yield false;
            }
        };
    }

    /**
     * Where the provider has taken the money instead it is given back. What it has not heard of may still be on its way, and
     * is looked for again until none can be. Otherwise a job goes on with the wish to give it up.
     */
    private boolean settle(Payment payment, String key, ProviderAnswer.Declined declined) {
        return switch (providers.of(payment).find(ProviderKeys.authorize(payment.orderId()))) {
            case ProviderLookup.Found(ProviderCharge charge)
            when charge.state() == ProviderCharge.State.CAPTURED -> giveBack(payment, key, charge);
            case ProviderLookup.NotFound() -> endIfNothingCanArrive(payment, key, declined);
            case ProviderLookup.Found found -> isRefused(payment, declined.code());
            case ProviderLookup.Unknown unknown -> isRefused(payment, declined.code());
        };
    }

    private static boolean isRefused(Payment payment, String code) {
        LOG.error("the provider does not give up the charge of order {}: {}", payment.orderId(), code);
        return false;
    }

    /** The wish to give it up stays open until the money is given back, so that a job goes on with it. */
    private boolean giveBack(Payment payment, String key, ProviderCharge charge) {
        Money taken = Objects.requireNonNull(charge.amount());
        if (payment.money(payment.amount()).equals(taken)) {
            records.capturedAfterEnd(payment, charge.approval().reference());
            return refunding.resume(payment) == null;
        }
        // A payment of another amount cannot record it as its own: all of it goes back, under a key of its own.
        ProviderAnswer answer = providers
                .of(payment)
                .refund(ProviderKeys.authorize(payment.orderId()), ProviderKeys.giveBack(payment.orderId()), taken);
        return switch (answer) {
            case ProviderAnswer.Approved approved -> end(payment, key, approved);
            case ProviderAnswer.Declined declined -> isRefused(payment, declined.code());
            case ProviderAnswer.Unknown unknown -> isRefused(payment, unknown.detail());
        };
    }

    private boolean end(Payment payment, String key, ProviderAnswer.Approved approved) {
        return database.inTransaction(tx -> {
            store.transactionApproved(tx, payment, key, approved);
            return true;
        });
    }

    private boolean endIfNothingCanArrive(Payment payment, String key, ProviderAnswer.Declined declined) {
        Duration grace = providers.timeout().multipliedBy(2).plus(ON_ITS_WAY);
        return database.inTransaction(tx -> {
            boolean isOver = store.isOlder(tx, key, grace);
            if (isOver) {
                store.transactionDeclined(tx, payment, key, declined);
            }
            return isOver;
        });
    }
}
