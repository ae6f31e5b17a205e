-- Which prices begin soon is asked after every change of a catalogue.
CREATE INDEX CONCURRENTLY idx_product_prices_starts_at ON product_prices (tenant_id, starts_at) WHERE starts_at IS NOT NULL;
