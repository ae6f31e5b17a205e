-- A customer, and a visitor by the token under which it bought, see their own orders and what belongs to these; whoever acts for a
-- vendor sees the vendor's lines. Nobody but the shop sees what will never be an order. Who says nothing of whom it acts for sees
-- nothing.
CALL keep_customers_apart('orders', guest_column => 'guest_id');
CALL keep_customers_apart_by('orders', 'id', 'order_items', 'order_id', vendor_column => 'vendor_id');
CALL keep_customers_apart_by('orders', 'id', 'order_addresses', 'order_id');
CALL keep_customers_apart_by('orders', 'id', 'order_status_history', 'order_id');
CALL keep_customers_apart_by('orders', 'id', 'order_notes', 'order_id');
CALL keep_customers_apart_by('orders', 'id', 'order_shipments', 'order_id');
CALL keep_customers_apart_by('orders', 'id', 'order_refunds', 'order_id');
CALL keep_customers_apart_by('order_refunds', 'id', 'order_refund_items', 'refund_id');
CALL keep_for_the_shop('order_tombstones');

-- What these kept from vendors, the policies above do. That a vendor writes no line, not even one of its own, is still said by
-- order_items_created_by_vendors, order_items_changed_by_vendors and order_items_deleted_by_vendors.
DO $$
DECLARE
    table_name text;
BEGIN
    EXECUTE 'DROP POLICY order_items_seen_by_vendors ON order_items';
    FOREACH table_name IN ARRAY ARRAY['orders', 'order_addresses', 'order_status_history', 'order_tombstones', 'order_notes',
        'order_shipments', 'order_refunds', 'order_refund_items']
    LOOP
        EXECUTE format('DROP POLICY %I ON %I', table_name || '_not_by_vendors', table_name);
    END LOOP;
END;
$$;
