DROP TRIGGER products_inserted_keep_old_slugs ON products;
DROP TRIGGER products_updated_keep_old_slugs ON products;
DROP FUNCTION forget_old_slugs_of_new_products();
DROP FUNCTION keep_old_slug();
DROP TABLE product_old_slugs;
