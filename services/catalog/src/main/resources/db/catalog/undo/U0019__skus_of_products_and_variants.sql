DROP TRIGGER products_inserted_keep_skus ON products;
DROP TRIGGER products_updated_keep_skus ON products;
DROP TRIGGER product_variants_inserted_keep_skus ON product_variants;
DROP TRIGGER product_variants_updated_keep_skus ON product_variants;
DROP FUNCTION keep_skus_of_new_products();
DROP FUNCTION keep_sku_of_product();
DROP FUNCTION keep_skus_of_variants();
DROP TABLE catalog_skus;
