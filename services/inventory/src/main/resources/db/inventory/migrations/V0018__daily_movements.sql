CREATE TABLE inventory_analytics (
    tenant_id      uuid   NOT NULL,
    product_id     uuid   NOT NULL,
    day            date   NOT NULL,
    received_units bigint NOT NULL,
    returned_units bigint NOT NULL,
    reserved_units bigint NOT NULL,
    released_units bigint NOT NULL,
    sold_units     bigint NOT NULL,
    adjusted_units bigint NOT NULL,
    CONSTRAINT inventory_analytics_pkey PRIMARY KEY (tenant_id, product_id, day)
);

CREATE TABLE inventory_analytics_days (
    day       date        NOT NULL,
    filled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT inventory_analytics_days_pkey PRIMARY KEY (day)
);

CALL isolate_tenants('inventory_analytics');

COMMENT ON TABLE inventory_analytics IS
    'The movements of each product by day, summed from the ledger once, when the day is over. Never changes.';
COMMENT ON COLUMN inventory_analytics.tenant_id IS 'The shop.';
COMMENT ON COLUMN inventory_analytics.product_id IS 'The product, over all warehouses.';
COMMENT ON COLUMN inventory_analytics.day IS 'The day, in UTC.';
COMMENT ON COLUMN inventory_analytics.received_units IS 'Units that were received.';
COMMENT ON COLUMN inventory_analytics.returned_units IS 'Sold units that were made available again.';
COMMENT ON COLUMN inventory_analytics.reserved_units IS 'Units that were reserved for orders.';
COMMENT ON COLUMN inventory_analytics.released_units IS 'Reserved units that were made available again.';
COMMENT ON COLUMN inventory_analytics.sold_units IS 'Reserved units that were sold.';
COMMENT ON COLUMN inventory_analytics.adjusted_units IS 'Units that adjustments brought, less those that they took away.';
COMMENT ON TABLE inventory_analytics_days IS
    'Platform table: which days were summed, of all shops, one after the other without a gap; whoever inserts one sums it.';
COMMENT ON COLUMN inventory_analytics_days.day IS 'The day, in UTC.';
COMMENT ON COLUMN inventory_analytics_days.filled_at IS 'When.';
