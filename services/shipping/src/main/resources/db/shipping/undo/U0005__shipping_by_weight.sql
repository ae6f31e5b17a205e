ALTER TABLE shipping_methods DROP COLUMN price_per_kg;
ALTER TABLE shipping_methods DROP COLUMN first_kg;
ALTER TABLE shipping_methods DROP COLUMN maximum_kg;
COMMENT ON COLUMN shipping_methods.free_above IS 'It costs nothing where the goods are worth at least this; NULL for never.';
