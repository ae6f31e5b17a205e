-- A customer sees their own checkouts, a visitor those that were opened under its token; vendors see none.
CALL keep_customers_apart('checkout_sessions', guest_column => 'guest_id');
