DROP TABLE product_variants;
DROP TABLE product_options;
DROP FUNCTION keep_variants_complete();
