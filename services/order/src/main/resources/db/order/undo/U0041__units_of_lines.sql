DROP TRIGGER guard_parcels_on_insert ON order_shipments;
DROP TRIGGER guard_parcels_on_update ON order_shipments;
DROP TRIGGER count_packed_units_on_insert ON order_shipment_items;
DROP FUNCTION guard_new_parcels();
DROP FUNCTION guard_changed_parcels();
DROP FUNCTION count_packed_units();
DROP FUNCTION refuse_parcel_transition(uuid, text, text);
DROP FUNCTION counts_as_packed(text);
DROP FUNCTION counts_as_sent(text);
ALTER TABLE order_items
    DROP COLUMN packed_quantity,
    DROP COLUMN sent_quantity,
    DROP COLUMN delivered_quantity,
    DROP COLUMN withdrawn_quantity;
