DROP TABLE test_provider_webhooks;
DROP TABLE test_provider_requests;
ALTER TABLE test_provider_charges DROP COLUMN habits;
