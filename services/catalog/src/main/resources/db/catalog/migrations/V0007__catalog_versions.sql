CREATE TABLE catalog_versions (
    tenant_id   uuid         NOT NULL,
    version     bigint       NOT NULL DEFAULT 1,
    raised_in   xid8         NOT NULL,
    changed_at  timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id),
    CONSTRAINT chk_catalog_versions_version CHECK (version > 0)
);

COMMENT ON TABLE catalog_versions IS 'How often what answers to customers are made of has changed, so that processes know whether answers that they keep are current.';
COMMENT ON COLUMN catalog_versions.tenant_id IS 'The shop.';
COMMENT ON COLUMN catalog_versions.version IS 'Counts the transactions that have changed something; it never goes back.';
COMMENT ON COLUMN catalog_versions.raised_in IS 'The transaction that has raised it last, which raises it once.';
COMMENT ON COLUMN catalog_versions.changed_at IS 'When that transaction began; together with raised_in it is never another one, even in a restored database.';

CALL isolate_tenants('catalog_versions');

CALL raise_versions_of('categories', 'catalog_versions');
CALL raise_versions_of('brands', 'catalog_versions');
CALL raise_versions_of('manufacturers', 'catalog_versions');
CALL raise_versions_of('products', 'catalog_versions');
CALL raise_versions_of('product_images', 'catalog_versions');
CALL raise_versions_of('product_attributes', 'catalog_versions');
