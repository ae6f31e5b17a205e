-- The job that encrypts anew looks every minute for what another secret has encrypted, which mostly is nothing.
CREATE INDEX CONCURRENTLY idx_second_factors_secret_id ON second_factors (coalesce(secret_id, ''));
