DROP TRIGGER products_inserted_keep_old_slugs ON products;
DROP TRIGGER products_updated_keep_old_slugs ON products;
DROP FUNCTION keep_old_slugs();
DROP TABLE product_old_slugs;
