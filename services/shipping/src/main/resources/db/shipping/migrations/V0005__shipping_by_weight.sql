-- What it costs to send a parcel may depend on its weight.

ALTER TABLE shipping_methods ADD COLUMN price_per_kg numeric(10, 2);
ALTER TABLE shipping_methods ADD COLUMN first_kg numeric(9, 3);
ALTER TABLE shipping_methods ADD COLUMN maximum_kg numeric(9, 3);
ALTER TABLE shipping_methods ADD CONSTRAINT chk_shipping_methods_weight
    CHECK (price_per_kg >= 0 AND first_kg >= 0 AND maximum_kg > 0) NOT VALID;

COMMENT ON COLUMN shipping_methods.price_per_kg IS 'What each kilogram above first_kg costs, in proportion; NULL for nothing.';
COMMENT ON COLUMN shipping_methods.first_kg IS 'How many kilograms the price includes; NULL for none.';
COMMENT ON COLUMN shipping_methods.maximum_kg IS 'How heavy a parcel may be for it to be offered; NULL for any weight.';
COMMENT ON COLUMN shipping_methods.free_above IS 'It costs nothing where the goods, after discounts, are worth at least this; NULL for never.';
