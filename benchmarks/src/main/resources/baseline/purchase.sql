-- The bare SQL of a purchase of three lines, statement by statement, in three transactions: what a careful programmer
-- writes without a platform. Stock is locked in one order, so nothing deadlocks. A script of pgbench; where pgbench is
-- not installed the same statements are sent through JDBC.
\set a permute(random_zipfian(1, 10000, 1.01) - 1, 10000, 1) + 1
\set b permute(random_zipfian(1, 10000, 1.01) - 1, 10000, 1) + 1
\set c permute(random_zipfian(1, 10000, 1.01) - 1, 10000, 1) + 1
\set first least(:a, :b, :c)
\set third greatest(:a, :b, :c)
\set second greatest(:a + :b + :c - :first - :third, :first + 1)
\set third greatest(:third, :second + 1)
\set order random(1, 9000000000000000000)

-- 1. Inventory
BEGIN;
UPDATE inventory SET available_quantity = available_quantity - 1, reserved_quantity = reserved_quantity + 1, version = version + 1, updated_at = current_timestamp WHERE product_id = md5(:first::text)::uuid AND available_quantity >= 1;
INSERT INTO inventory_transactions (product_id, transaction_type, quantity_change, reference_id, notes) VALUES (md5(:first::text)::uuid, 'RESERVE', -1, md5(:order::text)::uuid, 'Order reservation');
UPDATE inventory SET available_quantity = available_quantity - 1, reserved_quantity = reserved_quantity + 1, version = version + 1, updated_at = current_timestamp WHERE product_id = md5(:second::text)::uuid AND available_quantity >= 1;
INSERT INTO inventory_transactions (product_id, transaction_type, quantity_change, reference_id, notes) VALUES (md5(:second::text)::uuid, 'RESERVE', -1, md5(:order::text)::uuid, 'Order reservation');
UPDATE inventory SET available_quantity = available_quantity - 1, reserved_quantity = reserved_quantity + 1, version = version + 1, updated_at = current_timestamp WHERE product_id = md5(:third::text)::uuid AND available_quantity >= 1;
INSERT INTO inventory_transactions (product_id, transaction_type, quantity_change, reference_id, notes) VALUES (md5(:third::text)::uuid, 'RESERVE', -1, md5(:order::text)::uuid, 'Order reservation');
COMMIT;

-- 2. Order
BEGIN;
INSERT INTO orders (id, user_id, order_number, total_amount, currency, shipping_address, billing_address) VALUES (md5(:order::text)::uuid, md5(:a::text)::uuid, 'ORD-' || :order::text, 64.60, 'EUR', 'Ada Example, 1 Example Street, 10115 Berlin, DE', 'Ada Example, 1 Example Street, 10115 Berlin, DE');
INSERT INTO order_items (order_id, product_id, product_name, price, quantity, subtotal) VALUES (md5(:order::text)::uuid, md5(:first::text)::uuid, 'A product of the benchmark', 19.90, 1, 19.90);
INSERT INTO order_items (order_id, product_id, product_name, price, quantity, subtotal) VALUES (md5(:order::text)::uuid, md5(:second::text)::uuid, 'A product of the benchmark', 19.90, 1, 19.90);
INSERT INTO order_items (order_id, product_id, product_name, price, quantity, subtotal) VALUES (md5(:order::text)::uuid, md5(:third::text)::uuid, 'A product of the benchmark', 19.90, 1, 19.90);
INSERT INTO order_status_history (order_id, from_status, to_status) VALUES (md5(:order::text)::uuid, NULL, 'CREATED');
INSERT INTO outbox (aggregate_id, event_type, event_data) VALUES (md5(:order::text)::uuid, 'order.created', jsonb_build_object('orderId', md5(:order::text)::uuid, 'total', 64.60, 'lines', 3));
COMMIT;

-- 3. Payment
BEGIN;
INSERT INTO payments (id, order_id, amount, currency, provider, payment_method) VALUES (md5(:order::text)::uuid, md5(:order::text)::uuid, 64.60, 'EUR', 'STRIPE', 'CARD');
INSERT INTO payment_events (payment_id, event_type, event_data) VALUES (md5(:order::text)::uuid, 'payment.succeeded', jsonb_build_object('amount', 64.60));
UPDATE payments SET status = 'SUCCESS', payment_intent_id = 'pi_' || :order::text, updated_at = current_timestamp WHERE id = md5(:order::text)::uuid AND status = 'PENDING';
UPDATE orders SET status = 'CONFIRMED', updated_at = current_timestamp WHERE id = md5(:order::text)::uuid AND status = 'CREATED';
INSERT INTO order_status_history (order_id, from_status, to_status) VALUES (md5(:order::text)::uuid, 'CREATED', 'CONFIRMED');
COMMIT;
