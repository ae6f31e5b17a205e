ALTER TABLE checkout_sessions DROP COLUMN included_tax_amount;
ALTER TABLE checkout_sessions DROP COLUMN adjustments;
COMMENT ON COLUMN checkout_sessions.tax_amount IS 'Tax on goods and shipping';
COMMENT ON COLUMN checkout_sessions.lines IS
    'The lines in their order: productId, sku, name, imageUrl, quantity, unitPrice, priceOverridden';
