-- A customer sees their own carts, and those of guests: at log-in the guest's cart becomes part of the customer's. A visitor sees the
-- carts of its token. Vendors see none.
CALL keep_customers_apart('carts', 'customer_id', true, 'guest_id');
CALL keep_customers_apart_by('carts', 'id', 'cart_items', 'cart_id');
