CREATE TABLE promotion_versions (
    tenant_id   uuid         NOT NULL,
    version     bigint       NOT NULL DEFAULT 1,
    raised_in   xid8         NOT NULL,
    changed_at  timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id),
    CONSTRAINT chk_promotion_versions_version CHECK (version > 0)
);

COMMENT ON TABLE promotion_versions IS 'How often what a shop takes off has changed, so that processes know whether answers that they keep are current.';
COMMENT ON COLUMN promotion_versions.tenant_id IS 'The shop.';
COMMENT ON COLUMN promotion_versions.version IS 'Counts the transactions that have changed something; it never goes back.';
COMMENT ON COLUMN promotion_versions.raised_in IS 'The transaction that has raised it last, which raises it once.';
COMMENT ON COLUMN promotion_versions.changed_at IS 'When that transaction began; together with raised_in it is never another one, even in a restored database.';

CALL isolate_tenants('promotion_versions');

CALL raise_versions_of('promotions', 'promotion_versions');
