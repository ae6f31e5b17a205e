-- What customers have ordered, reckoned from the events of orders. It can be thrown away and reckoned again: beside the
-- generation that is shown another one may be built, and take its place.

CREATE TABLE customer_statistics_generations (
    generation integer GENERATED ALWAYS AS IDENTITY,
    state text NOT NULL,
    checkpoint_transaction bigint CONSTRAINT chk_checkpoint_transaction_known NOT NULL DEFAULT 0,
    checkpoint_sequence bigint NOT NULL DEFAULT 0,
    events_read bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT customer_statistics_generations_pkey PRIMARY KEY (generation),
    CONSTRAINT chk_customer_statistics_generations_state CHECK (state IN ('live', 'building', 'replaced'))
);

-- One generation is shown, and at most one is built.
CREATE UNIQUE INDEX uq_customer_statistics_generations_state ON customer_statistics_generations (state)
    WHERE state IN ('live', 'building');

INSERT INTO customer_statistics_generations (state) VALUES ('live');

COMMENT ON TABLE customer_statistics_generations IS 'Platform table: the statistics that are shown, that are being built, and that were replaced, over all shops.';
COMMENT ON COLUMN customer_statistics_generations.generation IS 'The generation.';
COMMENT ON COLUMN customer_statistics_generations.state IS 'live is shown, building is brought up to it, replaced is deleted soon.';
COMMENT ON COLUMN customer_statistics_generations.checkpoint_transaction IS 'With checkpoint_sequence: the position in the feed of orders up to which it has read. Whoever moves it writes what it read with it.';
COMMENT ON COLUMN customer_statistics_generations.checkpoint_sequence IS 'The other part of the position.';
COMMENT ON COLUMN customer_statistics_generations.events_read IS 'How many events it has read.';
COMMENT ON COLUMN customer_statistics_generations.created_at IS 'When it was begun.';
COMMENT ON COLUMN customer_statistics_generations.updated_at IS 'When it read last.';

CREATE TABLE customer_statistics_rebuilds (
    id uuid NOT NULL,
    generation integer NOT NULL,
    state text NOT NULL DEFAULT 'running',
    requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    events_read bigint,
    live_rows bigint,
    live_checksum text,
    rebuilt_rows bigint,
    rebuilt_checksum text,
    CONSTRAINT customer_statistics_rebuilds_pkey PRIMARY KEY (id),
    CONSTRAINT uq_customer_statistics_rebuilds_generation UNIQUE (generation),
    CONSTRAINT chk_customer_statistics_rebuilds_state CHECK (state IN ('running', 'switched')),
    CONSTRAINT chk_customer_statistics_rebuilds_result CHECK (
        num_nonnulls(finished_at, events_read, live_rows, live_checksum, rebuilt_rows, rebuilt_checksum)
            = CASE state WHEN 'switched' THEN 6 ELSE 0 END)
);

COMMENT ON TABLE customer_statistics_rebuilds IS 'Platform table: the rebuilds that were asked for, and how the old and the new statistics compared.';
COMMENT ON COLUMN customer_statistics_rebuilds.id IS 'The rebuild.';
COMMENT ON COLUMN customer_statistics_rebuilds.generation IS 'The generation that it builds.';
COMMENT ON COLUMN customer_statistics_rebuilds.state IS 'running, or switched when its generation is shown.';
COMMENT ON COLUMN customer_statistics_rebuilds.requested_at IS 'When it was asked for.';
COMMENT ON COLUMN customer_statistics_rebuilds.finished_at IS 'When its generation took the place of the other one.';
COMMENT ON COLUMN customer_statistics_rebuilds.events_read IS 'How many events it read.';
COMMENT ON COLUMN customer_statistics_rebuilds.live_rows IS 'Rows of the generation that it replaced.';
COMMENT ON COLUMN customer_statistics_rebuilds.live_checksum IS 'Checksum of the generation that it replaced, at the same position in the feed.';
COMMENT ON COLUMN customer_statistics_rebuilds.rebuilt_rows IS 'Rows of its own generation.';
COMMENT ON COLUMN customer_statistics_rebuilds.rebuilt_checksum IS 'Checksum of its own generation.';

CREATE TABLE customer_statistics_orders (
    tenant_id uuid NOT NULL,
    generation integer NOT NULL,
    order_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    total_amount numeric(10, 2) NOT NULL,
    refunded_amount numeric(10, 2) NOT NULL DEFAULT 0,
    units bigint NOT NULL,
    placed_at timestamptz NOT NULL,
    is_confirmed boolean NOT NULL DEFAULT false,
    is_cancelled boolean NOT NULL DEFAULT false,
    CONSTRAINT customer_statistics_orders_pkey PRIMARY KEY (tenant_id, generation, order_id)
);

CREATE INDEX idx_customer_statistics_orders_customer_id
    ON customer_statistics_orders (tenant_id, generation, customer_id, currency);

CALL isolate_tenants('customer_statistics_orders');

COMMENT ON TABLE customer_statistics_orders IS 'What the statistics know of each order of a customer; those of guests are not counted.';
COMMENT ON COLUMN customer_statistics_orders.tenant_id IS 'The shop.';
COMMENT ON COLUMN customer_statistics_orders.generation IS 'The generation to which the row belongs.';
COMMENT ON COLUMN customer_statistics_orders.order_id IS 'The order.';
COMMENT ON COLUMN customer_statistics_orders.customer_id IS 'Who bought.';
COMMENT ON COLUMN customer_statistics_orders.currency IS 'ISO 4217.';
COMMENT ON COLUMN customer_statistics_orders.total_amount IS 'What the order costs.';
COMMENT ON COLUMN customer_statistics_orders.refunded_amount IS 'What was given back by all refunds.';
COMMENT ON COLUMN customer_statistics_orders.units IS 'Units of all lines.';
COMMENT ON COLUMN customer_statistics_orders.placed_at IS 'When it was placed.';
COMMENT ON COLUMN customer_statistics_orders.is_confirmed IS 'Whether it was ever confirmed.';
COMMENT ON COLUMN customer_statistics_orders.is_cancelled IS 'Whether it was cancelled.';

CREATE TABLE customer_statistics (
    tenant_id uuid NOT NULL,
    generation integer NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    orders bigint NOT NULL,
    confirmed_orders bigint NOT NULL,
    cancelled_orders bigint NOT NULL,
    units bigint NOT NULL,
    gross numeric(16, 2) NOT NULL,
    refunded numeric(16, 2) NOT NULL,
    first_order_at timestamptz NOT NULL,
    last_order_at timestamptz NOT NULL,
    CONSTRAINT customer_statistics_pkey PRIMARY KEY (tenant_id, generation, customer_id, currency)
);

CALL isolate_tenants('customer_statistics');

COMMENT ON TABLE customer_statistics IS 'What each customer has ordered, by currency.';
COMMENT ON COLUMN customer_statistics.tenant_id IS 'The shop.';
COMMENT ON COLUMN customer_statistics.generation IS 'The generation to which the row belongs.';
COMMENT ON COLUMN customer_statistics.customer_id IS 'The customer.';
COMMENT ON COLUMN customer_statistics.currency IS 'ISO 4217.';
COMMENT ON COLUMN customer_statistics.orders IS 'Orders that were placed.';
COMMENT ON COLUMN customer_statistics.confirmed_orders IS 'Of these, how many were confirmed and not cancelled.';
COMMENT ON COLUMN customer_statistics.cancelled_orders IS 'Of these, how many were cancelled.';
COMMENT ON COLUMN customer_statistics.units IS 'Units of the orders that were confirmed and not cancelled.';
COMMENT ON COLUMN customer_statistics.gross IS 'Sum of the orders that were confirmed and not cancelled, before refunds; it may exceed what one amount of money may be.';
COMMENT ON COLUMN customer_statistics.refunded IS 'What was given back of gross.';
COMMENT ON COLUMN customer_statistics.first_order_at IS 'When the first order was placed.';
COMMENT ON COLUMN customer_statistics.last_order_at IS 'When the last order was placed.';

-- The application shows statistics; only the job that reads the events writes them.
DO $$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['customer_statistics_generations', 'customer_statistics_rebuilds',
        'customer_statistics_orders', 'customer_statistics'] LOOP
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM %I', v_table, service_role('app'));
    END LOOP;
END;
$$;
