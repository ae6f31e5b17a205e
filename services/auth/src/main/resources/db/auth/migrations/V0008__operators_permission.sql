-- To decide what becomes of stuck work is the operator's too.

ALTER TABLE api_keys
    ADD CONSTRAINT chk_api_keys_operations CHECK (NOT permissions && ARRAY['operations:run']) NOT VALID;
