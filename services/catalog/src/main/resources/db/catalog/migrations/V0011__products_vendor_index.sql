-- A vendor lists its own products.
CREATE INDEX CONCURRENTLY idx_products_vendor_id ON products (tenant_id, vendor_id, id);
