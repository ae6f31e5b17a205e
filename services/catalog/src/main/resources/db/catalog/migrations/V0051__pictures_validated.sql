-- No image refers to a picture yet.
ALTER TABLE product_images VALIDATE CONSTRAINT fk_product_images_picture;
