-- What customers say of products, and how they are rated.

CREATE TABLE product_reviews (
    tenant_id          uuid         NOT NULL,
    id                 uuid         NOT NULL,
    product_id         uuid         NOT NULL,
    customer_id        uuid,
    rating             smallint     NOT NULL,
    words_sealed       text,
    verified_purchase  boolean      NOT NULL DEFAULT false,
    status             varchar(20)  NOT NULL DEFAULT 'PENDING',
    rejection_reason   varchar(63),
    moderated_at       timestamptz,
    version            bigint       NOT NULL DEFAULT 1,
    created_at         timestamptz  NOT NULL DEFAULT now(),
    updated_at         timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_product_reviews_author UNIQUE (tenant_id, product_id, customer_id),
    CONSTRAINT fk_product_reviews_product FOREIGN KEY (tenant_id, product_id)
        REFERENCES products (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_product_reviews_rating CHECK (rating BETWEEN 1 AND 5),
    CONSTRAINT chk_product_reviews_status CHECK (status IN ('PENDING', 'APPROVED', 'REJECTED')),
    CONSTRAINT chk_product_reviews_rejection_reason CHECK (
        (status = 'REJECTED') = (rejection_reason IS NOT NULL) AND rejection_reason ~ '^[a-z][a-z0-9-]{0,62}$'),
    CONSTRAINT chk_product_reviews_moderated_at CHECK ((status = 'PENDING') = (moderated_at IS NULL)),
    CONSTRAINT chk_product_reviews_author CHECK ((customer_id IS NULL) = (words_sealed IS NULL)),
    CONSTRAINT chk_product_reviews_forgotten CHECK (customer_id IS NOT NULL OR status = 'APPROVED'),
    CONSTRAINT chk_product_reviews_version CHECK (version > 0)
);

-- One index for each order in which a product's reviews are shown.
CREATE INDEX idx_product_reviews_created_at_id ON product_reviews (tenant_id, product_id, created_at, id)
    WHERE status = 'APPROVED';
CREATE INDEX idx_product_reviews_rating_id ON product_reviews (tenant_id, product_id, rating, id)
    WHERE status = 'APPROVED';
CREATE INDEX idx_product_reviews_status_id ON product_reviews (tenant_id, status, id);
CREATE INDEX idx_product_reviews_customer_id_id ON product_reviews (tenant_id, customer_id, id);

COMMENT ON TABLE product_reviews IS 'What customers say of products: one review a customer and product. Only approved ones are shown and counted.';
COMMENT ON COLUMN product_reviews.tenant_id IS 'The shop.';
COMMENT ON COLUMN product_reviews.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN product_reviews.product_id IS 'The product; reviews of its variants are its own.';
COMMENT ON COLUMN product_reviews.customer_id IS 'Who wrote it; NULL once the author was forgotten.';
COMMENT ON COLUMN product_reviews.rating IS 'From 1 to 5, the best.';
COMMENT ON COLUMN product_reviews.words_sealed IS 'The name that the author chose, the title and the text, sealed under the author''s key; NULL once the author was forgotten.';
COMMENT ON COLUMN product_reviews.verified_purchase IS 'Whether the author had bought and paid the product when it was written, changed or approved.';
COMMENT ON COLUMN product_reviews.status IS 'PENDING (nobody has decided), APPROVED (shown) or REJECTED.';
COMMENT ON COLUMN product_reviews.rejection_reason IS 'Why it was rejected, a code.';
COMMENT ON COLUMN product_reviews.moderated_at IS 'When it was decided; NULL while it is not.';
COMMENT ON COLUMN product_reviews.version IS 'Counts the changes, for optimistic locking.';
COMMENT ON COLUMN product_reviews.created_at IS 'When it was written.';
COMMENT ON COLUMN product_reviews.updated_at IS 'When the row was last changed.';

CALL isolate_tenants('product_reviews');
CALL keep_customers_apart('product_reviews');

-- Nobody decides on a review but those who serve the shop: what a customer writes waits for them, however it was before.
DO $$
DECLARE
    app      text := service_role('app');
    the_shop text := clause_of_the_shop();
BEGIN
    EXECUTE format('CREATE POLICY product_reviews_created_undecided ON product_reviews AS RESTRICTIVE FOR INSERT TO %I
        WITH CHECK (%s OR status = ''PENDING'')', app, the_shop);
    EXECUTE format('CREATE POLICY product_reviews_changed_undecided ON product_reviews AS RESTRICTIVE FOR UPDATE TO %I
        USING (true) WITH CHECK (%s OR status = ''PENDING'')', app, the_shop);
END;
$$;

-- The figures stand in the product's row, so that lists are ordered and filtered by an index.
ALTER TABLE products ADD COLUMN rating_count integer NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN rating_sum integer NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN rating_average numeric(3, 2) NOT NULL DEFAULT 0;
ALTER TABLE products ADD CONSTRAINT chk_products_rating CHECK (
    rating_count >= 0 AND rating_sum BETWEEN rating_count AND 5 * rating_count
    AND rating_average = coalesce(round(rating_sum::numeric / nullif(rating_count, 0), 2), 0)) NOT VALID;

COMMENT ON COLUMN products.rating_count IS 'How many approved reviews it has. A trigger keeps it.';
COMMENT ON COLUMN products.rating_sum IS 'The sum of their ratings. A trigger keeps it.';
COMMENT ON COLUMN products.rating_average IS 'The average of their ratings; 0 where there are none. A trigger keeps it.';

-- As the owner: customers write reviews and no products.
CREATE FUNCTION count_review() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
DECLARE
    tenant  uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.tenant_id ELSE NEW.tenant_id END;
    product uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.product_id ELSE NEW.product_id END;
    more    integer := 0;
    rated   integer := 0;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.status = 'APPROVED' THEN
        more := more - 1;
        rated := rated - OLD.rating;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.status = 'APPROVED' THEN
        more := more + 1;
        rated := rated + NEW.rating;
    END IF;
    IF more <> 0 OR rated <> 0 THEN
        -- Batches of products write many of them in one transaction; whoever counts waits for them before it holds a product.
        PERFORM pg_advisory_xact_lock(hashtext('products'), hashtext(tenant::text));
        UPDATE products p SET
            rating_count = p.rating_count + more,
            rating_sum = p.rating_sum + rated,
            rating_average = coalesce(round((p.rating_sum + rated)::numeric / nullif(p.rating_count + more, 0), 2), 0)
        WHERE p.tenant_id = tenant AND p.id = product;
    END IF;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION count_review() IS 'Adds a review that is approved to the figures of its product, and takes it out when it is not any more.';

CREATE TRIGGER product_reviews_are_counted AFTER INSERT OR UPDATE OF status, rating OR DELETE ON product_reviews
    FOR EACH ROW EXECUTE FUNCTION count_review();

CREATE FUNCTION keep_product_of_review() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'a review stays with its product' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'chk_product_reviews_product', TABLE = 'product_reviews';
END;
$$;

COMMENT ON FUNCTION keep_product_of_review() IS 'Refuses to move a review to another product, where it would be counted wrongly.';

CREATE TRIGGER product_reviews_stay BEFORE UPDATE ON product_reviews
    FOR EACH ROW WHEN (OLD.product_id <> NEW.product_id) EXECUTE FUNCTION keep_product_of_review();
