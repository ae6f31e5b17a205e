-- Why a total is what it is, and what of the prices is tax.

ALTER TABLE orders ADD COLUMN included_tax_amount numeric(10, 2) NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN adjustments jsonb NOT NULL DEFAULT '[]';
-- A shop's prices contain the tax, or it comes on top of them.
ALTER TABLE orders ADD CONSTRAINT chk_orders_included_tax
    CHECK (included_tax_amount BETWEEN 0 AND total_amount AND (included_tax_amount = 0 OR tax_amount = 0)) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT chk_orders_adjustments CHECK (jsonb_typeof(adjustments) = 'array') NOT VALID;

ALTER TABLE order_items ADD COLUMN included_tax_amount numeric(10, 2) NOT NULL DEFAULT 0;
ALTER TABLE order_items ADD CONSTRAINT chk_order_items_included_tax
    CHECK (included_tax_amount BETWEEN 0 AND total_price - discount_amount
        AND (included_tax_amount = 0 OR tax_amount = 0)) NOT VALID;

COMMENT ON COLUMN orders.included_tax_amount IS 'What of the prices is tax; it changes no total';
COMMENT ON COLUMN orders.adjustments IS
    'The steps from subtotal to total in their order, with what falls on each line, as contracts.order.Adjustment; empty where an earlier version wrote it';
COMMENT ON COLUMN order_items.included_tax_amount IS 'What of the price of the line is tax';
