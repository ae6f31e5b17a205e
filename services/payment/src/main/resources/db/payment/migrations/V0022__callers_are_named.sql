-- A customer sees their own payments, and what belongs to these; visitors and vendors see none.
CALL keep_customers_apart('payments');
CALL keep_customers_apart('payment_methods');
CALL keep_customers_apart_by('payments', 'id', 'payment_events', 'payment_id');
CALL keep_customers_apart_by('payments', 'id', 'payment_transactions', 'payment_id');
CALL keep_customers_apart_by('payments', 'id', 'refunds', 'payment_id');
