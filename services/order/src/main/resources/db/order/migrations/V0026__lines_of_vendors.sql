-- Whose products were sold, and what the shop keeps of it: as it was when the order was placed.

ALTER TABLE order_items
    ADD COLUMN vendor_id uuid,
    ADD COLUMN commission_basis_points integer,
    ADD COLUMN commission_amount numeric(10, 2),
    ADD COLUMN sold_at timestamptz;

ALTER TABLE order_items ADD CONSTRAINT chk_order_items_vendor CHECK (
    num_nonnulls(vendor_id, commission_basis_points, commission_amount, sold_at) IN (0, 4)
    AND commission_basis_points BETWEEN 0 AND 10000
    AND commission_amount BETWEEN 0 AND total_price - discount_amount) NOT VALID;

COMMENT ON COLUMN order_items.vendor_id IS 'Whose product it was; NULL for the shop''s own';
COMMENT ON COLUMN order_items.commission_basis_points IS 'What the shop keeps of a vendor''s line, in hundredths of a percent';
COMMENT ON COLUMN order_items.commission_amount IS 'What the shop keeps of a vendor''s line, of its price less its discount and without tax';
COMMENT ON COLUMN order_items.sold_at IS 'When the order of a vendor''s line was placed';
