CREATE TABLE product_imports (
    tenant_id        uuid         NOT NULL,
    id               uuid         NOT NULL,
    format           varchar(10)  NOT NULL,
    dry_run          boolean      NOT NULL,
    state            varchar(20)  NOT NULL DEFAULT 'receiving',
    size_bytes       bigint       NOT NULL DEFAULT 0,
    lines_read       bigint       NOT NULL DEFAULT 0,
    lines_created    bigint       NOT NULL DEFAULT 0,
    lines_changed    bigint       NOT NULL DEFAULT 0,
    lines_unchanged  bigint       NOT NULL DEFAULT 0,
    lines_failed     bigint       NOT NULL DEFAULT 0,
    failure          varchar(50),
    faults           integer      NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz  NOT NULL DEFAULT now(),
    lease_token      bigint       NOT NULL DEFAULT 0,
    lease_until      timestamptz,
    created_at       timestamptz  NOT NULL DEFAULT now(),
    updated_at       timestamptz  NOT NULL DEFAULT now(),
    finished_at      timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT chk_product_imports_format CHECK (format IN ('csv', 'jsonl')),
    CONSTRAINT chk_product_imports_state CHECK (
        state IN ('receiving', 'waiting', 'running', 'completed', 'failed', 'cancelled')),
    CONSTRAINT chk_product_imports_size_bytes CHECK (size_bytes >= 0),
    CONSTRAINT chk_product_imports_lines CHECK (
        lines_created >= 0 AND lines_changed >= 0 AND lines_unchanged >= 0 AND lines_failed >= 0
        AND lines_read = lines_created + lines_changed + lines_unchanged + lines_failed),
    CONSTRAINT chk_product_imports_failure CHECK ((failure IS NOT NULL) = (state = 'failed')),
    CONSTRAINT chk_product_imports_faults CHECK (faults >= 0),
    CONSTRAINT chk_product_imports_finished_at CHECK (
        (finished_at IS NOT NULL) = (state IN ('completed', 'failed', 'cancelled'))),
    CONSTRAINT chk_product_imports_lease CHECK (lease_until IS NULL OR state = 'running')
);

-- Workers look for what is due over all shops.
CREATE INDEX idx_product_imports_due ON product_imports (tenant_id, next_attempt_at) WHERE state IN ('receiving', 'waiting', 'running');

COMMENT ON TABLE product_imports IS 'Files of products that shops send to be imported, how far each is, and what became of its lines.';
COMMENT ON COLUMN product_imports.tenant_id IS 'The shop.';
COMMENT ON COLUMN product_imports.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN product_imports.format IS 'csv (RFC 4180 with a header) or jsonl (a JSON object a line).';
COMMENT ON COLUMN product_imports.dry_run IS 'Whether the lines are only tried, and nothing of them is kept.';
COMMENT ON COLUMN product_imports.state IS 'receiving the file, waiting for a worker, running, completed (also where lines failed), failed (the rest of the file was not read) or cancelled.';
COMMENT ON COLUMN product_imports.size_bytes IS 'How long the file is, as far as it has come.';
COMMENT ON COLUMN product_imports.lines_read IS 'How many lines, each one product, are done: where the import goes on. Each is one of those that follow.';
COMMENT ON COLUMN product_imports.lines_created IS 'Lines that made a new product.';
COMMENT ON COLUMN product_imports.lines_changed IS 'Lines that changed a product.';
COMMENT ON COLUMN product_imports.lines_unchanged IS 'Lines that said what was known.';
COMMENT ON COLUMN product_imports.lines_failed IS 'Lines that were refused; product_import_errors says why.';
COMMENT ON COLUMN product_imports.failure IS 'Why the rest of the file was not read: a stable code. NULL where it was.';
COMMENT ON COLUMN product_imports.faults IS 'How often in a row a worker could not go on, for reasons that lie not in the file.';
COMMENT ON COLUMN product_imports.next_attempt_at IS 'From when on a worker may take it.';
COMMENT ON COLUMN product_imports.lease_token IS 'Counts the workers that have taken it; only the last of them may write.';
COMMENT ON COLUMN product_imports.lease_until IS 'Until when its worker has it to itself.';
COMMENT ON COLUMN product_imports.created_at IS 'When it was begun.';
COMMENT ON COLUMN product_imports.updated_at IS 'When the row was last changed.';
COMMENT ON COLUMN product_imports.finished_at IS 'When it ended, in whatever way.';

CALL isolate_tenants('product_imports');
CALL keep_for_the_shop('product_imports');

CREATE TABLE product_import_parts (
    tenant_id  uuid     NOT NULL,
    import_id  uuid     NOT NULL,
    number     integer  NOT NULL,
    content    bytea    NOT NULL,
    PRIMARY KEY (tenant_id, import_id, number),
    CONSTRAINT fk_product_import_parts_import FOREIGN KEY (tenant_id, import_id)
        REFERENCES product_imports (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_product_import_parts_number CHECK (number >= 0)
);

ALTER TABLE product_import_parts ALTER COLUMN content SET STORAGE EXTERNAL;

COMMENT ON TABLE product_import_parts IS 'The files of imports, in parts, until these have ended.';
COMMENT ON COLUMN product_import_parts.tenant_id IS 'The shop.';
COMMENT ON COLUMN product_import_parts.import_id IS 'The import.';
COMMENT ON COLUMN product_import_parts.number IS 'Its place, from 0.';
COMMENT ON COLUMN product_import_parts.content IS 'The bytes as they came.';

CALL isolate_tenants('product_import_parts');
CALL keep_for_the_shop('product_import_parts');

CREATE TABLE product_import_errors (
    tenant_id  uuid          NOT NULL,
    import_id  uuid          NOT NULL,
    line       bigint        NOT NULL,
    position   integer       NOT NULL,
    field      varchar(200)  NOT NULL,
    code       varchar(50)   NOT NULL,
    detail     varchar(1000) NOT NULL,
    PRIMARY KEY (tenant_id, import_id, line, position),
    CONSTRAINT fk_product_import_errors_import FOREIGN KEY (tenant_id, import_id)
        REFERENCES product_imports (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_product_import_errors_line CHECK (line > 0),
    CONSTRAINT chk_product_import_errors_position CHECK (position >= 0)
);

COMMENT ON TABLE product_import_errors IS 'Why lines of imports were refused.';
COMMENT ON COLUMN product_import_errors.tenant_id IS 'The shop.';
COMMENT ON COLUMN product_import_errors.import_id IS 'The import.';
COMMENT ON COLUMN product_import_errors.line IS 'The line of the file on which the product begins, from 1.';
COMMENT ON COLUMN product_import_errors.position IS 'Tells the errors of a line apart, from 0.';
COMMENT ON COLUMN product_import_errors.field IS 'The field, such as price or variants/0/sku; empty where the line as a whole is refused.';
COMMENT ON COLUMN product_import_errors.code IS 'A stable code.';
COMMENT ON COLUMN product_import_errors.detail IS 'What is wrong, and what would be right.';

CALL isolate_tenants('product_import_errors');
CALL keep_for_the_shop('product_import_errors');
