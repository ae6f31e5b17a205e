-- A customer sees themselves only.
CALL keep_customers_apart('customers', 'id');
CALL keep_customers_apart('customer_addresses');
CALL keep_customers_apart('customer_statistics');
CALL keep_customers_apart('customer_statistics_orders');
