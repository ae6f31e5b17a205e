ALTER TABLE orders
    DROP COLUMN expiry_failures,
    DROP COLUMN next_expiry_at;
