-- Why a total is what it is, and what of the prices is tax.

ALTER TABLE checkout_sessions ADD COLUMN included_tax_amount numeric(10, 2) NOT NULL DEFAULT 0;
ALTER TABLE checkout_sessions ADD COLUMN adjustments jsonb NOT NULL DEFAULT '[]';
-- A shop's prices contain the tax, or it comes on top of them.
ALTER TABLE checkout_sessions ADD CONSTRAINT chk_checkout_sessions_included_tax
    CHECK (included_tax_amount BETWEEN 0 AND total_amount AND (included_tax_amount = 0 OR tax_amount = 0)) NOT VALID;
ALTER TABLE checkout_sessions ADD CONSTRAINT chk_checkout_sessions_adjustments
    CHECK (jsonb_typeof(adjustments) = 'array') NOT VALID;

COMMENT ON COLUMN checkout_sessions.tax_amount IS 'Tax on top of the prices.';
COMMENT ON COLUMN checkout_sessions.included_tax_amount IS 'What of the prices is tax; it changes no total.';
COMMENT ON COLUMN checkout_sessions.adjustments IS
    'The steps from subtotal to total in their order, with what falls on each line, as contracts.order.Adjustment; empty where an earlier version wrote it';
COMMENT ON COLUMN checkout_sessions.lines IS
    'The lines in their order: productId, sku, name, imageUrl, quantity, unitPrice, priceOverridden, vendor, taxCategory, weightKg';
