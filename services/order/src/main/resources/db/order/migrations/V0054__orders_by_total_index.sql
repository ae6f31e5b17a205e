-- The few orders of a great total are found by it; where there are many, the newest are soon found by their time.
CREATE INDEX CONCURRENTLY idx_orders_total_amount ON orders (tenant_id, total_amount);
