ALTER TABLE orders DROP COLUMN included_tax_amount;
ALTER TABLE orders DROP COLUMN adjustments;
ALTER TABLE order_items DROP COLUMN included_tax_amount;
