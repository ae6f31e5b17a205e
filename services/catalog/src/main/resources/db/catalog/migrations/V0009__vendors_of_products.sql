-- A product's vendor is one that there is. Until now anything could be named: those are vendors from now on, at no commission.

INSERT INTO vendors (tenant_id, id, name)
SELECT DISTINCT p.tenant_id, p.vendor_id, 'Vendor ' || p.vendor_id
FROM products p
WHERE p.vendor_id IS NOT NULL
ON CONFLICT DO NOTHING;

ALTER TABLE products ADD CONSTRAINT fk_products_vendor FOREIGN KEY (tenant_id, vendor_id)
    REFERENCES vendors (tenant_id, id) ON DELETE RESTRICT NOT VALID;
