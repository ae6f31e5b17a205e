-- The words of products are found in the language of their shop.
CREATE TABLE search_languages (
    tenant_id      uuid        NOT NULL,
    language       varchar(35) NOT NULL,
    config         varchar(30) NOT NULL,
    earlier_config varchar(30),
    changed_at     timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT search_languages_pkey PRIMARY KEY (tenant_id),
    CONSTRAINT chk_search_languages_config CHECK (config <> '' AND earlier_config <> config)
);

COMMENT ON TABLE search_languages IS 'In which language the words of a shop''s products are found; without a row it is English.';
COMMENT ON COLUMN search_languages.tenant_id IS 'The shop.';
COMMENT ON COLUMN search_languages.language IS 'The shop''s language when it was last asked for, as a BCP 47 tag.';
COMMENT ON COLUMN search_languages.config IS 'The text search configuration of PostgreSQL for it: simple where there is none.';
COMMENT ON COLUMN search_languages.earlier_config IS
    'The one that was used before, in which some products may still be indexed; NULL when all are in the present one.';
COMMENT ON COLUMN search_languages.changed_at IS 'When the configuration last changed.';

CALL isolate_tenants('search_languages');
CALL raise_versions_of('search_languages', 'catalog_versions');

-- Only the catalogue is touched: what is indexed stays as it is.
ALTER TABLE products ADD COLUMN search_config varchar(30) NOT NULL DEFAULT 'english';
ALTER TABLE products ALTER COLUMN search_vector DROP EXPRESSION;
COMMENT ON COLUMN products.search_vector IS 'The words of name and description, in the language of search_config; a trigger writes them.';
COMMENT ON COLUMN products.search_config IS 'The text search configuration in which search_vector is written.';

CREATE FUNCTION index_words() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    NEW.search_config := coalesce(
        (SELECT l.config FROM search_languages l WHERE l.tenant_id = NEW.tenant_id), 'english');
    NEW.search_vector := setweight(to_tsvector(NEW.search_config::regconfig, NEW.name), 'A')
        || setweight(to_tsvector(NEW.search_config::regconfig, coalesce(NEW.description, '')), 'B');
    RETURN NEW;
END;
$$;

COMMENT ON FUNCTION index_words() IS 'Writes the words of a product as they are found in the language of its shop.';

CREATE FUNCTION index_words_anew() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    -- Asked first: a statement fires its triggers also where it changes no row, and this one would never end.
    IF EXISTS (
        SELECT FROM new_rows r
        LEFT JOIN search_languages l ON l.tenant_id = r.tenant_id
        WHERE r.search_config <> coalesce(l.config, 'english'))
    THEN
        UPDATE products p
        SET search_config = coalesce(l.config, 'english')
        FROM new_rows r
        LEFT JOIN search_languages l ON l.tenant_id = r.tenant_id
        WHERE r.search_config <> coalesce(l.config, 'english') AND p.tenant_id = r.tenant_id AND p.id = r.id;
    END IF;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION index_words_anew() IS
    'Indexes products again whose shop has changed its language while they were written.';

CREATE TRIGGER products_inserted_index_words BEFORE INSERT ON products
    FOR EACH ROW EXECUTE FUNCTION index_words();
CREATE TRIGGER products_updated_index_words BEFORE UPDATE ON products
    FOR EACH ROW WHEN (
        (OLD.name, OLD.description, OLD.search_config) IS DISTINCT FROM (NEW.name, NEW.description, NEW.search_config))
    EXECUTE FUNCTION index_words();
-- By their names, they come after those that raise the version, and so after waiting for a change of the language.
CREATE TRIGGER products_inserted_to_index_anew AFTER INSERT ON products REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION index_words_anew();
CREATE TRIGGER products_updated_to_index_anew AFTER UPDATE ON products REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION index_words_anew();
