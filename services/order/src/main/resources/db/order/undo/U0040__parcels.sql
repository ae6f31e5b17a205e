-- What was sealed stays unreadable.
DROP TABLE order_shipment_events, order_shipment_items, shipment_state_transitions;
ALTER TABLE order_shipments
    DROP COLUMN tracking_number_sealed,
    DROP COLUMN tracking_url_sealed,
    DROP COLUMN status_at,
    DROP COLUMN words_sealed,
    DROP CONSTRAINT chk_order_shipments_states,
    DROP CONSTRAINT chk_order_shipments_carrier,
    DROP CONSTRAINT chk_order_shipments_times,
    DROP CONSTRAINT chk_order_shipments_version,
    ADD COLUMN tracking_number text,
    ADD CONSTRAINT chk_order_shipments_status CHECK
        (status IN ('PENDING', 'SHIPPED', 'IN_TRANSIT', 'DELIVERED', 'FAILED', 'RETURNED')) NOT VALID;

-- The version before knows no parcels that were not sent after all. The script before took the guard of the states away.
UPDATE order_shipments SET status = 'FAILED' WHERE status = 'CANCELLED';
