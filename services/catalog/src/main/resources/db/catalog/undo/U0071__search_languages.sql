DROP TRIGGER products_inserted_index_words ON products;
DROP TRIGGER products_updated_index_words ON products;
DROP TRIGGER products_inserted_to_index_anew ON products;
DROP TRIGGER products_updated_to_index_anew ON products;
DROP FUNCTION index_words();
DROP FUNCTION index_words_anew();
DROP TABLE search_languages;
ALTER TABLE products DROP COLUMN search_config, DROP COLUMN search_vector;
ALTER TABLE products ADD COLUMN search_vector tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', coalesce(description, '')), 'B')
) STORED;
COMMENT ON COLUMN products.search_vector IS 'The words of name and description.';
CREATE INDEX idx_products_search ON products
    USING gin (tenant_id, search_vector, name gin_trgm_ops, sku gin_trgm_ops, tags)
    WHERE deleted_at IS NULL AND status = 'active';
