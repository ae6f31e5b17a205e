DROP POLICY refunds_customer ON refunds;
DROP POLICY payment_transactions_customer ON payment_transactions;
DROP POLICY payment_events_customer ON payment_events;
DROP POLICY payments_customer ON payments;
DROP POLICY payment_methods_customer ON payment_methods;
