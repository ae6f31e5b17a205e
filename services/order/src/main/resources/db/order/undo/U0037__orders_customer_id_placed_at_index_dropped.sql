CREATE INDEX CONCURRENTLY idx_orders_customer_id_placed_at ON orders (tenant_id, customer_id, placed_at DESC, id DESC)
    INCLUDE (order_number, status, total_amount, currency);
