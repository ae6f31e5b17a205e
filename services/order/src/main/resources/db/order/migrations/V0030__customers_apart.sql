-- A customer sees their own orders, and what belongs to these.
CALL keep_customers_apart('orders');
CALL keep_customers_apart_by('orders', 'id', 'order_items', 'order_id');
CALL keep_customers_apart_by('orders', 'id', 'order_addresses', 'order_id');
CALL keep_customers_apart_by('orders', 'id', 'order_status_history', 'order_id');
CALL keep_customers_apart_by('orders', 'id', 'order_notes', 'order_id');
CALL keep_customers_apart_by('orders', 'id', 'order_shipments', 'order_id');
CALL keep_customers_apart_by('orders', 'id', 'order_refunds', 'order_id');
CALL keep_customers_apart_by('order_refunds', 'id', 'order_refund_items', 'refund_id');
