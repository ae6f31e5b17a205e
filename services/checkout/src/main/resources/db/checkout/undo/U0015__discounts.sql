ALTER TABLE checkout_sessions DROP COLUMN discounts;
