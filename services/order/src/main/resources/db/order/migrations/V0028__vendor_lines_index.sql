-- A vendor lists what was sold of its products, newest first. Lines of the shop itself pay nothing for it.
CREATE INDEX CONCURRENTLY idx_order_items_vendor_id_sold_at ON order_items (tenant_id, vendor_id, sold_at, order_id)
    WHERE vendor_id IS NOT NULL;
