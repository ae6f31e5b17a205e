-- A customer sees their own checkouts.
CALL keep_customers_apart('checkout_sessions');
