-- Pictures that shops have sent: their files, of which each is told by its content, and the sizes that were made of each.

CREATE TABLE picture_files (
    tenant_id     uuid         NOT NULL,
    content_hash  varchar(64)  NOT NULL,
    byte_size     integer      NOT NULL,
    claimed_at    timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT picture_files_pkey PRIMARY KEY (tenant_id, content_hash),
    CONSTRAINT chk_picture_files_content_hash CHECK (content_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT chk_picture_files_byte_size CHECK (byte_size > 0)
);

COMMENT ON TABLE picture_files IS 'Every file that there is or may be: a row comes before its file is written, and goes when it is deleted.';
COMMENT ON COLUMN picture_files.tenant_id IS 'The shop.';
COMMENT ON COLUMN picture_files.content_hash IS 'SHA-256 of the content, under which the file is kept.';
COMMENT ON COLUMN picture_files.byte_size IS 'How long the file is.';
COMMENT ON COLUMN picture_files.claimed_at IS 'When somebody last was about to write the file. What nothing refers to is swept an hour after that.';

CALL isolate_tenants('picture_files');
CALL keep_for_the_shop('picture_files');

CREATE TABLE product_pictures (
    tenant_id    uuid         NOT NULL,
    id           uuid         NOT NULL,
    product_id   uuid         NOT NULL,
    upload_hash  varchar(64)  NOT NULL,
    created_at   timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_product_pictures_upload UNIQUE (tenant_id, product_id, upload_hash),
    CONSTRAINT fk_product_pictures_product FOREIGN KEY (tenant_id, product_id)
        REFERENCES products (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_product_pictures_upload_hash CHECK (upload_hash ~ '^[0-9a-f]{64}$')
);

COMMENT ON TABLE product_pictures IS 'Pictures that were sent for products. What no image of the product shows any more is swept after a day.';
COMMENT ON COLUMN product_pictures.tenant_id IS 'The shop.';
COMMENT ON COLUMN product_pictures.id IS 'Identifier, UUIDv7, by which the picture is fetched.';
COMMENT ON COLUMN product_pictures.product_id IS 'The product.';
COMMENT ON COLUMN product_pictures.upload_hash IS 'SHA-256 of what was sent, which is not kept: the same sent again is the same picture.';
COMMENT ON COLUMN product_pictures.created_at IS 'When the row was created.';

CALL isolate_tenants('product_pictures');

CREATE TABLE picture_sizes (
    tenant_id     uuid         NOT NULL,
    picture_id    uuid         NOT NULL,
    size          integer      NOT NULL,
    width         integer      NOT NULL,
    height        integer      NOT NULL,
    media_type    varchar(20)  NOT NULL,
    content_hash  varchar(64)  NOT NULL,
    PRIMARY KEY (tenant_id, picture_id, size),
    CONSTRAINT fk_picture_sizes_picture FOREIGN KEY (tenant_id, picture_id)
        REFERENCES product_pictures (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_picture_sizes_file FOREIGN KEY (tenant_id, content_hash)
        REFERENCES picture_files (tenant_id, content_hash) ON DELETE NO ACTION,
    CONSTRAINT chk_picture_sizes_size CHECK (size IN (160, 400, 800, 1600)),
    CONSTRAINT chk_picture_sizes_width CHECK (width BETWEEN 1 AND size),
    CONSTRAINT chk_picture_sizes_height CHECK (height BETWEEN 1 AND size),
    CONSTRAINT chk_picture_sizes_media_type CHECK (media_type IN ('image/jpeg', 'image/png'))
);

CREATE INDEX idx_picture_sizes_content_hash ON picture_sizes (tenant_id, content_hash);

COMMENT ON TABLE picture_sizes IS 'The sizes in which a picture can be fetched.';
COMMENT ON COLUMN picture_sizes.tenant_id IS 'The shop.';
COMMENT ON COLUMN picture_sizes.picture_id IS 'The picture.';
COMMENT ON COLUMN picture_sizes.size IS 'Within how many pixels it is, each way. A picture is never enlarged.';
COMMENT ON COLUMN picture_sizes.width IS 'Pixels.';
COMMENT ON COLUMN picture_sizes.height IS 'Pixels.';
COMMENT ON COLUMN picture_sizes.media_type IS 'image/jpeg or image/png.';
COMMENT ON COLUMN picture_sizes.content_hash IS 'The file. It cannot be swept while this row is there.';

CALL isolate_tenants('picture_sizes');

-- A vendor sends pictures of its own products.
DO $$
DECLARE
    own text := clause_of_the_caller('{VENDOR}', 'app.vendor_id');
BEGIN
    EXECUTE format('CREATE POLICY product_pictures_of_vendors ON product_pictures AS RESTRICTIVE FOR ALL TO %I USING (%s OR EXISTS (
        SELECT FROM products p
        WHERE p.tenant_id = product_pictures.tenant_id AND p.id = product_pictures.product_id AND p.vendor_id = %s))',
        service_role('app'), clause_of_the_shop(), own);
    CALL admit_callers('picture_sizes',
        'EXISTS (SELECT FROM product_pictures k
            WHERE k.tenant_id = picture_sizes.tenant_id AND k.id = picture_sizes.picture_id)');
END;
$$;

ALTER TABLE product_images ADD COLUMN picture_id uuid;
ALTER TABLE product_images ADD CONSTRAINT fk_product_images_picture FOREIGN KEY (tenant_id, picture_id)
    REFERENCES product_pictures (tenant_id, id) ON DELETE RESTRICT NOT VALID;

COMMENT ON COLUMN product_images.picture_id IS 'The picture that was sent; NULL where the picture is elsewhere, at the url.';
