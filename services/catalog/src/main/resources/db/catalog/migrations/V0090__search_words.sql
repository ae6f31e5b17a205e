-- The words of products' names, in which those that a customer has misspelt are looked up.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch WITH SCHEMA public;

CREATE TABLE search_words (
    tenant_id uuid             NOT NULL,
    word      text COLLATE "C" NOT NULL,
    CONSTRAINT search_words_pkey PRIMARY KEY (tenant_id, word),
    CONSTRAINT chk_search_words_word CHECK (length(word) BETWEEN 3 AND 40)
);

CREATE INDEX idx_search_words_word ON search_words USING gin (tenant_id, word gin_trgm_ops);

COMMENT ON TABLE search_words IS
    'The words of the names that a shop''s products have or had, as they are written. Triggers add to it; a word that no product has any more finds nothing.';
COMMENT ON COLUMN search_words.tenant_id IS 'The shop.';
COMMENT ON COLUMN search_words.word IS 'The word in lower case. By its bytes, so that those that begin with a letter are found in the primary key.';

CALL isolate_tenants('search_words');

DO $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE ON search_words FROM %I, %I', service_role('app'), service_role('worker'));
END;
$$;

CREATE FUNCTION words_of(name text) RETURNS SETOF text
    LANGUAGE sql
    IMMUTABLE
    SET search_path = public, pg_temp
AS $$
    SELECT w.word
    FROM unnest(tsvector_to_array(to_tsvector('simple', name))) AS w (word)
    WHERE length(w.word) BETWEEN 3 AND 40 AND w.word !~ '^[0-9.,+-]+$'
$$;

COMMENT ON FUNCTION words_of(text) IS 'The words of a name that can be misspelt: those of 3 to 40 characters that are no numbers, in lower case.';

-- It is asked whether all words are noted.
DO $$
BEGIN
    EXECUTE format('GRANT EXECUTE ON FUNCTION words_of(text) TO %I', service_role('readonly'));
END;
$$;

CREATE FUNCTION note_words() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO search_words (tenant_id, word)
        SELECT DISTINCT n.tenant_id, w.word
        FROM new_rows n CROSS JOIN LATERAL words_of(n.name) AS w (word)
        ORDER BY 1, 2
        ON CONFLICT DO NOTHING;
    ELSE
        INSERT INTO search_words (tenant_id, word)
        SELECT DISTINCT n.tenant_id, w.word
        FROM new_rows n
        JOIN old_rows o ON o.tenant_id = n.tenant_id AND o.id = n.id AND o.name <> n.name
        CROSS JOIN LATERAL words_of(n.name) AS w (word)
        ORDER BY 1, 2
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION note_words() IS 'Writes the words of names that are new.';

CREATE TRIGGER products_inserted_to_note_words AFTER INSERT ON products REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION note_words();
CREATE TRIGGER products_updated_to_note_words AFTER UPDATE ON products
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION note_words();

-- The triggers hold up writers until this is committed, so that no word is missed.
INSERT INTO search_words (tenant_id, word)
SELECT DISTINCT p.tenant_id, w.word
FROM products p CROSS JOIN LATERAL words_of(p.name) AS w (word);
