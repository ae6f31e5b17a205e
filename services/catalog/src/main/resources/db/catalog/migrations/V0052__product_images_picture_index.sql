-- Pictures that no image shows are swept.
CREATE INDEX CONCURRENTLY idx_product_images_picture_id ON product_images (tenant_id, picture_id)
    WHERE picture_id IS NOT NULL;
