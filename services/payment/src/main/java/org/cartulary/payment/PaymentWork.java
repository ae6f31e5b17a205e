package org.cartulary.payment;

import org.cartulary.platform.database.Database;
import org.cartulary.platform.events.Outbox;

/** The use cases of the payment service, made for each other. */
record PaymentWork(
        Database database,
        PaymentStore store,
        RecordingPayments records,
        PaymentProviders providers,
        AuthorizingPayment authorizing,
        CapturingPayment capturing,
        CancellingPayment cancelling,
        RefundingPayment refunding,
        GivingUpCharge givingUp,
        LearningOutcome learning) {

    static PaymentWork of(Database database, Outbox outbox, PaymentProviders providers) {
        PaymentStore store = new PaymentStore();
        RefundStore refunds = new RefundStore();
        CoalescedPayments payments = new CoalescedPayments(database, outbox);
        RecordingPayments records = new RecordingPayments(database, payments, store, refunds, outbox);
        RefundingPayment refunding = new RefundingPayment(database, store, refunds, records, providers);
        GivingUpCharge givingUp = new GivingUpCharge(database, store, records, refunding, providers);
        LearningOutcome learning = new LearningOutcome(database, store, records, providers, refunding, givingUp);
        return new PaymentWork(
                database,
                store,
                records,
                providers,
                new AuthorizingPayment(payments, providers, givingUp),
                new CapturingPayment(database, payments, store, providers, records),
                new CancellingPayment(database, store, providers, records, refunding, learning, givingUp),
                refunding,
                givingUp,
                learning);
    }
}
