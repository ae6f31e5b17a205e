ALTER TABLE api_keys DROP CONSTRAINT chk_api_keys_operations;
