-- Nobody reads by it: lines are read by their order. Each line paid for its entry.
DROP INDEX CONCURRENTLY idx_order_items_product_id;
