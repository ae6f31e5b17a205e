ALTER TABLE order_items
    DROP COLUMN vendor_id,
    DROP COLUMN commission_basis_points,
    DROP COLUMN commission_amount,
    DROP COLUMN sold_at;
