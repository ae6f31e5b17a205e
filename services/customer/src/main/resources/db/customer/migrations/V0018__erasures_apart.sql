-- A customer sees their own erasure only.
CALL keep_customers_apart('erasures');
