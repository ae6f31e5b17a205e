CREATE TABLE categories (
    tenant_id   uuid          NOT NULL,
    id          uuid          NOT NULL,
    parent_id   uuid,
    name        varchar(255)  NOT NULL,
    slug        varchar(255)  NOT NULL,
    description text,
    image_url   varchar(500),
    sort_order  integer       NOT NULL DEFAULT 0,
    is_active   boolean       NOT NULL DEFAULT true,
    metadata    jsonb         NOT NULL DEFAULT '{}',
    version     bigint        NOT NULL DEFAULT 1,
    created_at  timestamptz   NOT NULL DEFAULT now(),
    updated_at  timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_categories_slug UNIQUE (tenant_id, slug),
    CONSTRAINT fk_categories_parent FOREIGN KEY (tenant_id, parent_id)
        REFERENCES categories (tenant_id, id) ON DELETE RESTRICT,
    CONSTRAINT chk_categories_name CHECK (btrim(name) <> ''),
    CONSTRAINT chk_categories_slug CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT chk_categories_parent CHECK (parent_id <> id),
    CONSTRAINT chk_categories_version CHECK (version > 0)
);

CREATE INDEX idx_categories_parent_id ON categories (tenant_id, parent_id);
CREATE INDEX idx_categories_sort_order_slug ON categories (tenant_id, sort_order, slug);

COMMENT ON TABLE categories IS 'The tree in which shops arrange their products.';
COMMENT ON COLUMN categories.tenant_id IS 'The shop.';
COMMENT ON COLUMN categories.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN categories.parent_id IS 'The category that this one belongs to; NULL at the top.';
COMMENT ON COLUMN categories.name IS 'The name as people read it.';
COMMENT ON COLUMN categories.slug IS 'The name in addresses, unique in the shop.';
COMMENT ON COLUMN categories.description IS 'What belongs here, for people.';
COMMENT ON COLUMN categories.image_url IS 'A picture of the category.';
COMMENT ON COLUMN categories.sort_order IS 'Lists show the category with the least number first.';
COMMENT ON COLUMN categories.is_active IS 'Whether the store shows the category.';
COMMENT ON COLUMN categories.metadata IS 'Whatever integrations keep here.';
COMMENT ON COLUMN categories.version IS 'Counts the changes, for optimistic locking.';
COMMENT ON COLUMN categories.created_at IS 'When the row was created.';
COMMENT ON COLUMN categories.updated_at IS 'When the row was last changed.';

CALL isolate_tenants('categories');

CREATE FUNCTION keep_categories_a_tree() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF NEW.parent_id IS NULL THEN
        RETURN NEW;
    END IF;
    -- Two moves at once could close a circle that neither of them sees, so that a shop's moves wait for one another.
    PERFORM pg_advisory_xact_lock(hashtext('categories'), hashtext(NEW.tenant_id::text));
    IF EXISTS (
        WITH RECURSIVE ancestors(id, parent_id) AS (
            SELECT c.id, c.parent_id FROM categories c
            WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.parent_id
            UNION
            SELECT c.id, c.parent_id FROM categories c
            JOIN ancestors a ON c.id = a.parent_id
            WHERE c.tenant_id = NEW.tenant_id
        )
        SELECT FROM ancestors WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'the category % cannot be moved below itself', NEW.slug
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chk_categories_tree', TABLE = 'categories';
    END IF;
    RETURN NEW;
END;
$$;

COMMENT ON FUNCTION keep_categories_a_tree() IS 'Refuses a category whose ancestors include itself.';

CREATE TRIGGER categories_are_a_tree
    BEFORE INSERT OR UPDATE OF parent_id ON categories
    FOR EACH ROW EXECUTE FUNCTION keep_categories_a_tree();
