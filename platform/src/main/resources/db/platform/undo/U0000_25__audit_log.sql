DROP TRIGGER chain_entry ON audit_log;
DROP FUNCTION chain_audit_entry();
DROP FUNCTION audit_hash(audit_log);
DROP FUNCTION audit_part(bytea);
DROP TABLE audit_log, audit_heads;
