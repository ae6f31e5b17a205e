ALTER TABLE product_images DROP COLUMN picture_id;
DROP TABLE picture_sizes;
DROP TABLE product_pictures;
DROP TABLE picture_files;
