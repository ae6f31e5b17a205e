DROP TABLE inventory_purchase_receipts;
DROP TABLE inventory_purchase_order_lines;
DROP TABLE inventory_purchase_orders;
DROP TABLE inventory_supplier_products;
DROP TABLE inventory_suppliers;
