DROP TABLE product_attributes;
