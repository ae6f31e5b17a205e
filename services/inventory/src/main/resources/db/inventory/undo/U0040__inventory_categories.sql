DROP TABLE inventory_category_products;
DROP TABLE inventory_categories;
