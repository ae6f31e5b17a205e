-- What inventory tells of the stock, and which products are shown as in stock by it.
CREATE TABLE sold_stock (
    tenant_id uuid    NOT NULL,
    sold_id   uuid    NOT NULL,
    in_stock  boolean NOT NULL,
    version   bigint  NOT NULL,
    CONSTRAINT sold_stock_pkey PRIMARY KEY (tenant_id, sold_id),
    CONSTRAINT chk_sold_stock_version CHECK (version > 0)
);

COMMENT ON TABLE sold_stock IS
    'Whether what is sold is in stock, as inventory told it last. No foreign key: the word may come before the product, and stays when it goes.';
COMMENT ON COLUMN sold_stock.tenant_id IS 'The shop.';
COMMENT ON COLUMN sold_stock.sold_id IS 'The product, or the variant.';
COMMENT ON COLUMN sold_stock.in_stock IS 'Whether some of it is available.';
COMMENT ON COLUMN sold_stock.version IS 'The version of the word; what comes with a smaller one is older.';

CREATE TABLE products_in_stock (
    tenant_id  uuid NOT NULL,
    product_id uuid NOT NULL,
    CONSTRAINT products_in_stock_pkey PRIMARY KEY (tenant_id, product_id)
);

COMMENT ON TABLE products_in_stock IS
    'The products that are shown as in stock: those without variants that are, and those of which an active variant is. Triggers keep it.';
COMMENT ON COLUMN products_in_stock.tenant_id IS 'The shop.';
COMMENT ON COLUMN products_in_stock.product_id IS 'The product; no foreign key, products are never deleted.';

CALL isolate_tenants('sold_stock');
CALL isolate_tenants('products_in_stock');
CALL raise_versions_of('sold_stock', 'catalog_versions');

DO $$
BEGIN
    CALL keep_for_the_shop('sold_stock');
    -- Only the triggers write, as the owner.
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON products_in_stock FROM %I, %I',
        service_role('app'), service_role('worker'));
END;
$$;

CREATE FUNCTION list_stock(tenant uuid, of_products uuid[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    WITH listed AS MATERIALIZED (
        SELECT p.id, CASE
            WHEN EXISTS (
                SELECT FROM product_variants v
                WHERE v.tenant_id = tenant AND v.product_id = p.id AND v.deleted_at IS NULL)
            THEN EXISTS (
                SELECT FROM product_variants v
                JOIN sold_stock s ON s.tenant_id = v.tenant_id AND s.sold_id = v.id AND s.in_stock
                WHERE v.tenant_id = tenant AND v.product_id = p.id AND v.deleted_at IS NULL AND v.status = 'active')
            ELSE EXISTS (SELECT FROM sold_stock s WHERE s.tenant_id = tenant AND s.sold_id = p.id AND s.in_stock)
            END AS in_stock
        FROM products p
        WHERE p.tenant_id = tenant AND p.id = ANY (of_products)
    ), gone AS (
        DELETE FROM products_in_stock s
        USING listed l
        WHERE s.tenant_id = tenant AND s.product_id = l.id AND NOT l.in_stock
    )
    INSERT INTO products_in_stock (tenant_id, product_id)
    SELECT tenant, l.id FROM listed l WHERE l.in_stock ORDER BY l.id
    ON CONFLICT DO NOTHING;
END;
$$;

COMMENT ON FUNCTION list_stock(uuid, uuid[]) IS 'Shows products as in stock, or not any more, by what is known of what is sold of them.';

-- As the owner: a vendor who changes variants writes none of what it shows.
CREATE FUNCTION list_changed_stock() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
DECLARE
    changed record;
    wanted  text := CASE TG_TABLE_NAME
        WHEN 'sold_stock' THEN
            'SELECT p.tenant_id, p.id AS product_id FROM new_rows n
             JOIN products p ON p.tenant_id = n.tenant_id AND p.id = n.sold_id
             UNION ALL
             SELECT v.tenant_id, v.product_id FROM new_rows n
             JOIN product_variants v ON v.tenant_id = n.tenant_id AND v.id = n.sold_id'
        WHEN 'product_variants' THEN CASE TG_OP
            WHEN 'INSERT' THEN 'SELECT tenant_id, product_id FROM new_rows'
            ELSE 'SELECT tenant_id, product_id, id, status, deleted_at FROM new_rows
                EXCEPT SELECT tenant_id, product_id, id, status, deleted_at FROM old_rows' END
        ELSE 'SELECT n.tenant_id, n.id AS product_id FROM new_rows n
              JOIN sold_stock s ON s.tenant_id = n.tenant_id AND s.sold_id = n.id' END;
BEGIN
    FOR changed IN EXECUTE format(
        'SELECT c.tenant_id, array_agg(DISTINCT c.product_id) AS products FROM (%s) c GROUP BY c.tenant_id ORDER BY 1', wanted)
    LOOP
        PERFORM list_stock(changed.tenant_id, changed.products);
    END LOOP;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION list_changed_stock() IS
    'Shows the products that a statement has changed, or whose stock it has, as in stock or not.';

-- By their names, the triggers come after those that raise the version, and so after waiting for other changes of the shop: they see all of them.
CREATE TRIGGER sold_stock_inserted_show AFTER INSERT ON sold_stock REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION list_changed_stock();
CREATE TRIGGER sold_stock_updated_show AFTER UPDATE ON sold_stock REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION list_changed_stock();
CREATE TRIGGER product_variants_inserted_show_stock AFTER INSERT ON product_variants REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION list_changed_stock();
CREATE TRIGGER product_variants_updated_show_stock AFTER UPDATE ON product_variants
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION list_changed_stock();
CREATE TRIGGER products_inserted_show_stock AFTER INSERT ON products REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION list_changed_stock();
