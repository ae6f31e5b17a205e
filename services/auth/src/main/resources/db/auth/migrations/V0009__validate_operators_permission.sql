-- No key that exists has it, since the permission is new.

ALTER TABLE api_keys VALIDATE CONSTRAINT chk_api_keys_operations;
