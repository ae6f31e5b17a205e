-- Nobody reads by it: providers tell the order, by whose key the payment is found. Each authorisation paid for its entry.
DROP INDEX CONCURRENTLY idx_payments_payment_intent_id;
