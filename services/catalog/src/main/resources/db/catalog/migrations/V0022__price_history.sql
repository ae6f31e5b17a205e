CREATE TABLE price_history (
    tenant_id       uuid         NOT NULL,
    id              bigint       GENERATED ALWAYS AS IDENTITY,
    product_id      uuid         NOT NULL,
    variant_id      uuid,
    currency        varchar(3)   NOT NULL,
    price           numeric(10, 2),
    regular_price   numeric(10, 2),
    effective_from  timestamptz  NOT NULL,
    recorded_at     timestamptz  NOT NULL DEFAULT clock_timestamp(),
    recorded_in     xid8         NOT NULL DEFAULT pg_current_xact_id(),
    sold_id         uuid         NOT NULL GENERATED ALWAYS AS (coalesce(variant_id, product_id)) STORED,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_price_history_effective_from UNIQUE (tenant_id, sold_id, currency, effective_from),
    CONSTRAINT fk_price_history_product FOREIGN KEY (tenant_id, product_id)
        REFERENCES products (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_price_history_variant FOREIGN KEY (tenant_id, variant_id)
        REFERENCES product_variants (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_price_history_regular_price CHECK (regular_price > price)
);

CREATE INDEX idx_price_history_product_id ON price_history (tenant_id, product_id);
CREATE INDEX idx_price_history_variant_id ON price_history (tenant_id, variant_id);

COMMENT ON TABLE price_history IS 'What was, is and will be asked for each product and variant, and from when on. Triggers write it; what has begun is never changed.';
COMMENT ON COLUMN price_history.tenant_id IS 'The shop.';
COMMENT ON COLUMN price_history.id IS 'Identifier; it never leaves this service.';
COMMENT ON COLUMN price_history.product_id IS 'The product.';
COMMENT ON COLUMN price_history.variant_id IS 'The variant; NULL for the product itself.';
COMMENT ON COLUMN price_history.currency IS 'ISO 4217 code.';
COMMENT ON COLUMN price_history.price IS 'The price; NULL where there is none in this currency any more.';
COMMENT ON COLUMN price_history.regular_price IS 'The greater price that it was said to be reduced from; NULL where it was not reduced.';
COMMENT ON COLUMN price_history.effective_from IS 'From when on, until the next row.';
COMMENT ON COLUMN price_history.recorded_at IS 'When the row was written.';
COMMENT ON COLUMN price_history.recorded_in IS 'The transaction that wrote it, of which only the last state counts.';
COMMENT ON COLUMN price_history.sold_id IS 'What is sold: the variant, else the product.';

CALL isolate_tenants('price_history');
CALL raise_versions_of('price_history', 'catalog_versions');
DO $$
BEGIN
    CALL admit_callers('price_history', format(
        'EXISTS (SELECT FROM products p
            WHERE p.tenant_id = price_history.tenant_id AND p.id = price_history.product_id AND p.vendor_id = %s)',
        clause_of_the_caller('{VENDOR}', 'app.vendor_id')));
    -- Only the triggers write, as the owner.
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON price_history FROM %I, %I', service_role('app'), service_role('worker'));
END;
$$;

CREATE FUNCTION record_prices(tenant uuid, of_products uuid[], with_others boolean) RETURNS void
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
DECLARE
    -- Changes of one shop's catalogue wait for one another before this, by its version: a later one has a later moment.
    moment timestamptz := clock_timestamp();
BEGIN
    IF NOT with_others AND NOT EXISTS (
        SELECT FROM product_prices x WHERE x.tenant_id = tenant AND x.product_id = ANY (of_products)) THEN
        -- Each has its own price only, in one currency and for ever.
        DELETE FROM price_history h
        WHERE h.tenant_id = tenant AND h.product_id = ANY (of_products) AND h.recorded_in = pg_current_xact_id();
        INSERT INTO price_history (tenant_id, product_id, variant_id, currency, price, regular_price, effective_from)
        SELECT tenant, s.product_id, s.variant_id, s.currency, e.price, e.regular, moment
        FROM (
            SELECT p.id AS product_id, NULL::uuid AS variant_id, p.id AS sold_id, p.currency, p.deleted_at IS NOT NULL AS deleted
            FROM products p WHERE p.tenant_id = tenant AND p.id = ANY (of_products)
            UNION ALL
            SELECT v.product_id, v.id, v.id, p.currency, v.deleted_at IS NOT NULL OR p.deleted_at IS NOT NULL
            FROM product_variants v JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id
            WHERE v.tenant_id = tenant AND v.product_id = ANY (of_products)
        ) s
        LEFT JOIN LATERAL price_at(tenant, s.product_id, s.variant_id, s.currency, moment) e ON NOT s.deleted
        LEFT JOIN LATERAL (
            SELECT h.price, h.regular_price FROM price_history h
            WHERE h.tenant_id = tenant AND h.sold_id = s.sold_id AND h.currency = s.currency
            ORDER BY h.effective_from DESC LIMIT 1) told ON true
        WHERE (e.price, e.regular) IS DISTINCT FROM (told.price, told.regular_price);
        RETURN;
    END IF;

    -- What has not begun yet is told anew, and so is what this transaction has told before.
    DELETE FROM price_history h
    WHERE h.tenant_id = tenant AND h.product_id = ANY (of_products)
        AND (h.effective_from > moment OR h.recorded_in = pg_current_xact_id());

    INSERT INTO price_history (tenant_id, product_id, variant_id, currency, price, regular_price, effective_from)
    SELECT tenant, t.product_id, t.variant_id, t.currency, t.price, t.regular, t.at
    FROM (
        SELECT a.*, lag(a.price) OVER told AS price_before, lag(a.regular) OVER told AS regular_before
        FROM (
            SELECT s.product_id, s.variant_id, k.currency, m.at, e.price, e.regular
            FROM (
                SELECT p.id AS product_id, NULL::uuid AS variant_id, p.deleted_at IS NOT NULL AS deleted
                FROM products p WHERE p.tenant_id = tenant AND p.id = ANY (of_products)
                UNION ALL
                SELECT v.product_id, v.id, v.deleted_at IS NOT NULL OR p.deleted_at IS NOT NULL
                FROM product_variants v JOIN products p ON p.tenant_id = v.tenant_id AND p.id = v.product_id
                WHERE v.tenant_id = tenant AND v.product_id = ANY (of_products)
            ) s
            CROSS JOIN LATERAL (
                SELECT p.currency FROM products p WHERE p.tenant_id = tenant AND p.id = s.product_id
                UNION SELECT x.currency FROM product_prices x WHERE x.tenant_id = tenant AND x.product_id = s.product_id
                UNION SELECT h.currency FROM price_history h WHERE h.tenant_id = tenant AND h.product_id = s.product_id
            ) k
            CROSS JOIN LATERAL (
                SELECT moment AS at
                UNION SELECT x.starts_at FROM product_prices x
                    WHERE x.tenant_id = tenant AND x.product_id = s.product_id AND x.starts_at > moment
                UNION SELECT x.ends_at FROM product_prices x
                    WHERE x.tenant_id = tenant AND x.product_id = s.product_id AND x.ends_at > moment
            ) m
            LEFT JOIN LATERAL price_at(tenant, s.product_id, s.variant_id, k.currency, m.at) e ON NOT s.deleted
            UNION ALL
            SELECT h.product_id, h.variant_id, h.currency, h.effective_from, h.price, h.regular_price
            FROM price_history h WHERE h.tenant_id = tenant AND h.product_id = ANY (of_products)
        ) a
        WINDOW told AS (PARTITION BY a.product_id, a.variant_id, a.currency ORDER BY a.at)
    ) t
    WHERE t.at >= moment AND (t.price, t.regular) IS DISTINCT FROM (t.price_before, t.regular_before);
END;
$$;

COMMENT ON FUNCTION record_prices(uuid, uuid[], boolean) IS
    'Tells the prices of these products and their variants in price_history, from now on, where they are others than were told; with_others where prices besides their own have changed.';

CREATE FUNCTION record_changed_prices() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
DECLARE
    changed record;
    wanted  text := CASE TG_TABLE_NAME
        WHEN 'products' THEN CASE TG_OP
            WHEN 'INSERT' THEN 'SELECT tenant_id, id AS product_id FROM new_rows'
            ELSE 'SELECT tenant_id, id AS product_id, price, compare_at_price, currency, deleted_at FROM new_rows
                EXCEPT SELECT tenant_id, id, price, compare_at_price, currency, deleted_at FROM old_rows' END
        WHEN 'product_variants' THEN CASE TG_OP
            WHEN 'INSERT' THEN 'SELECT tenant_id, product_id FROM new_rows'
            ELSE 'SELECT tenant_id, product_id, id, price, compare_at_price, deleted_at FROM new_rows
                EXCEPT SELECT tenant_id, product_id, id, price, compare_at_price, deleted_at FROM old_rows' END
        ELSE CASE TG_OP
            WHEN 'INSERT' THEN 'SELECT tenant_id, product_id FROM new_rows'
            WHEN 'DELETE' THEN 'SELECT tenant_id, product_id FROM old_rows'
            ELSE 'SELECT tenant_id, product_id FROM old_rows UNION SELECT tenant_id, product_id FROM new_rows' END END;
BEGIN
    FOR changed IN EXECUTE format(
        'SELECT c.tenant_id, array_agg(DISTINCT c.product_id) AS products FROM (%s) c GROUP BY c.tenant_id', wanted)
    LOOP
        PERFORM record_prices(changed.tenant_id, changed.products, TG_TABLE_NAME = 'product_prices');
    END LOOP;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION record_changed_prices() IS 'Tells the prices of the products whose rows a statement has changed.';

-- By their names, the triggers come after those that raise the version, and so after waiting for other changes of the shop.
CREATE TRIGGER products_inserted_record_prices AFTER INSERT ON products REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_changed_prices();
CREATE TRIGGER products_updated_record_prices AFTER UPDATE ON products
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_changed_prices();
CREATE TRIGGER product_variants_inserted_record_prices AFTER INSERT ON product_variants REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_changed_prices();
CREATE TRIGGER product_variants_updated_record_prices AFTER UPDATE ON product_variants
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_changed_prices();
CREATE TRIGGER product_prices_inserted_record_prices AFTER INSERT ON product_prices REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_changed_prices();
CREATE TRIGGER product_prices_updated_record_prices AFTER UPDATE ON product_prices
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_changed_prices();
CREATE TRIGGER product_prices_deleted_record_prices AFTER DELETE ON product_prices REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION record_changed_prices();

CREATE FUNCTION lowest_price_before(tenant uuid, sold uuid, code text, moment timestamptz) RETURNS numeric
    LANGUAGE plpgsql
    STABLE
    SET search_path = public, pg_temp
AS $$
DECLARE
    present timestamptz;
    reduced timestamptz;
BEGIN
    SELECT max(h.effective_from) INTO present FROM price_history h
    WHERE h.tenant_id = tenant AND h.sold_id = sold AND h.currency = code
        AND h.effective_from <= greatest(moment, statement_timestamp());
    -- A price that is reduced further is reduced since the first time.
    SELECT min(h.effective_from) INTO reduced FROM price_history h
    WHERE h.tenant_id = tenant AND h.sold_id = sold AND h.currency = code AND h.effective_from <= present
        AND h.effective_from > coalesce((
            SELECT max(r.effective_from) FROM price_history r
            WHERE r.tenant_id = tenant AND r.sold_id = sold AND r.currency = code AND r.effective_from < present
                AND r.regular_price IS NULL), '-infinity');
    RETURN (
        SELECT min(h.price) FROM price_history h
        WHERE h.tenant_id = tenant AND h.sold_id = sold AND h.currency = code AND h.effective_from < present
            -- The price that held thirty days before counts too, since whenever it did.
            AND h.effective_from >= coalesce((
                SELECT max(b.effective_from) FROM price_history b
                WHERE b.tenant_id = tenant AND b.sold_id = sold AND b.currency = code
                    AND b.effective_from <= reduced - interval '30 days'), '-infinity'));
END;
$$;

COMMENT ON FUNCTION lowest_price_before(uuid, uuid, text, timestamptz) IS
    'The lowest price from 30 days before the present reduction began until the present price did; NULL where there was none.';

-- What was asked before is not known.
INSERT INTO price_history (tenant_id, product_id, currency, price, regular_price, effective_from)
SELECT tenant_id, id, currency, price, compare_at_price, now() FROM products WHERE deleted_at IS NULL;
