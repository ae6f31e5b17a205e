-- The catalogue as the source documents have it (2, "Catalog Service Database", and 3, "Performance Indexes").

CREATE TABLE categories (
    id          uuid         PRIMARY KEY DEFAULT gen_random_uuid(),
    parent_id   uuid         REFERENCES categories (id),
    name        varchar(255) NOT NULL,
    slug        varchar(255) UNIQUE NOT NULL,
    description text,
    sort_order  integer      DEFAULT 0,
    is_active   boolean      DEFAULT true
);

CREATE TABLE products (
    id          uuid           PRIMARY KEY DEFAULT gen_random_uuid(),
    sku         varchar(255)   UNIQUE NOT NULL,
    name        varchar(500)   NOT NULL,
    description text,
    price       decimal(10, 2) NOT NULL,
    status      varchar(20)    DEFAULT 'active',
    category_id uuid           REFERENCES categories (id),
    metadata    jsonb          DEFAULT '{}',
    created_at  timestamptz    DEFAULT now(),
    updated_at  timestamptz    DEFAULT now(),
    deleted_at  timestamptz
);
CREATE INDEX idx_products_category_id ON products (category_id);
CREATE INDEX idx_products_created_at ON products (created_at, id);
CREATE INDEX idx_products_search ON products USING gin (to_tsvector('english', coalesce(name, '') || ' ' || coalesce(description, '')));

INSERT INTO categories (id, name, slug, sort_order)
SELECT md5('category' || number)::uuid, 'Bench ' || number, 'bench-' || number, number FROM generate_series(0, 19) AS number;

INSERT INTO products (id, sku, name, description, price, category_id, created_at)
SELECT md5(number::text)::uuid,
       'BENCH-' || number,
       (ARRAY['Blue', 'Red', 'Oak', 'Tin', 'Linen', 'Glass', 'Brass', 'Slate', 'Willow', 'Copper'])[1 + number % 10]
           || ' ' || (ARRAY['lantern', 'teapot', 'basket', 'candle', 'clock', 'drawer', 'frame', 'kettle', 'mirror', 'stool'])[1 + number / 10 % 10]
           || ' ' || number,
       'A product of the benchmark, made to be bought often.',
       10.90 + number % 90,
       md5('category' || number % 20)::uuid,
       now() - make_interval(secs => number)
FROM generate_series(1, 10002) AS number;

VACUUM ANALYZE;
