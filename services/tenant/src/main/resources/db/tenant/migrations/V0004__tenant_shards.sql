-- Which shard a tenant is on, where it is on one: with placement and schema_name the directory of placements.

ALTER TABLE tenants ADD COLUMN shard varchar(63);
ALTER TABLE tenants ADD CONSTRAINT chk_tenants_shard
    CHECK ((placement = 'shard') = (shard IS NOT NULL) AND shard ~ '^[a-z][a-z0-9-]*$') NOT VALID;

COMMENT ON COLUMN tenants.shard IS 'The shard on which it is where its placement is shard.';
