ALTER TABLE idempotency_keys RESET (fillfactor);
ALTER TABLE saga_instances RESET (fillfactor);
