DROP TABLE product_reviews;
DROP FUNCTION count_review();
DROP FUNCTION keep_product_of_review();
ALTER TABLE products DROP CONSTRAINT chk_products_rating;
ALTER TABLE products DROP COLUMN rating_average;
ALTER TABLE products DROP COLUMN rating_sum;
ALTER TABLE products DROP COLUMN rating_count;
