-- Orders that count as sent and of which something came back; there are few of them at any time, and others pay nothing for it.
CREATE INDEX CONCURRENTLY idx_orders_to_resend ON orders (tenant_id, placed_at DESC, id DESC)
    WHERE status = 'SHIPPED' AND units_to_resend > 0;
