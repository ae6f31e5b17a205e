-- What a shop pays, from whom it buys and what it runs out of is nobody else's business.
CALL keep_for_the_shop('inventory_suppliers');
CALL keep_for_the_shop('inventory_supplier_products');
CALL keep_for_the_shop('inventory_purchase_orders');
CALL keep_for_the_shop('inventory_purchase_order_lines');
CALL keep_for_the_shop('inventory_purchase_receipts');
CALL keep_for_the_shop('inventory_alerts');
CALL keep_for_the_shop('inventory_analytics');
