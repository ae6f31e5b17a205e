-- A customer sees themselves only, and what belongs to them; visitors and vendors see nobody.
CALL keep_customers_apart('customers', 'id');
CALL keep_customers_apart('customer_addresses');
CALL keep_customers_apart('customer_statistics');
CALL keep_customers_apart('customer_statistics_orders');
CALL keep_customers_apart('consent_records');
CALL keep_customers_apart('erasures');
