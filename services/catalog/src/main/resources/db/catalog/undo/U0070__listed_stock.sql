DROP TRIGGER product_variants_inserted_show_stock ON product_variants;
DROP TRIGGER product_variants_updated_show_stock ON product_variants;
DROP TRIGGER products_inserted_show_stock ON products;
DROP TABLE sold_stock, products_in_stock;
DROP FUNCTION list_changed_stock();
DROP FUNCTION list_stock(uuid, uuid[]);
