-- The reservation of the source document (0, "Inventory Reservation"): row lock, then version check, of one product.
BEGIN;
SELECT available_quantity, reserved_quantity, version FROM inventory WHERE product_id = md5('1')::uuid FOR UPDATE;
UPDATE inventory SET available_quantity = available_quantity - 1, reserved_quantity = reserved_quantity + 1, version = version + 1, updated_at = current_timestamp WHERE product_id = md5('1')::uuid AND available_quantity >= 1 AND version = :version;
INSERT INTO inventory_transactions (product_id, transaction_type, quantity_change, reference_id, notes) VALUES (md5('1')::uuid, 'RESERVE', -1, md5(:order::text)::uuid, 'Order reservation');
COMMIT;
