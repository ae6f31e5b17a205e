-- Every tenant that is there keeps the rule.
ALTER TABLE tenants VALIDATE CONSTRAINT chk_tenants_shard;
