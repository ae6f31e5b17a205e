-- What customers and guests have saved for later, apart from carts, which end.
CREATE TABLE saved_lists (
    tenant_id    uuid         NOT NULL,
    id           uuid         NOT NULL,
    customer_id  uuid,
    guest_id     uuid,
    expires_at   timestamptz,
    created_at   timestamptz  NOT NULL DEFAULT now(),
    updated_at   timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_saved_lists_customer UNIQUE (tenant_id, customer_id),
    CONSTRAINT uq_saved_lists_guest UNIQUE (tenant_id, guest_id),
    CONSTRAINT chk_saved_lists_owner CHECK (num_nonnulls(customer_id, guest_id) = 1),
    CONSTRAINT chk_saved_lists_expiry CHECK ((guest_id IS NOT NULL) = (expires_at IS NOT NULL))
);

CREATE INDEX idx_saved_lists_expires_at ON saved_lists (expires_at) WHERE expires_at IS NOT NULL;

COMMENT ON TABLE saved_lists IS 'The lists of what customers and guests have saved for later, one an owner. Its row is locked by whoever changes its items.';
COMMENT ON COLUMN saved_lists.tenant_id IS 'The shop.';
COMMENT ON COLUMN saved_lists.id IS 'Identifier, UUIDv7.';
COMMENT ON COLUMN saved_lists.customer_id IS 'The customer who owns it, NULL for a guest''s.';
COMMENT ON COLUMN saved_lists.guest_id IS 'The guest who owns it, derived from the guest''s token, NULL for a customer''s.';
COMMENT ON COLUMN saved_lists.expires_at IS 'When a guest''s list is deleted unless it is changed before; NULL for a customer''s.';
COMMENT ON COLUMN saved_lists.created_at IS 'When the list was created.';
COMMENT ON COLUMN saved_lists.updated_at IS 'When the list was last changed.';

CALL isolate_tenants('saved_lists');

CREATE TABLE saved_items (
    tenant_id   uuid           NOT NULL,
    list_id     uuid           NOT NULL,
    product_id  uuid           NOT NULL,
    quantity    integer        NOT NULL,
    unit_price  numeric(10, 2) NOT NULL,
    currency    varchar(3)     NOT NULL,
    saved_at    timestamptz    NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz    NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, list_id, product_id),
    CONSTRAINT fk_saved_items_list FOREIGN KEY (tenant_id, list_id) REFERENCES saved_lists (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_saved_items_quantity CHECK (quantity BETWEEN 1 AND 999999),
    CONSTRAINT chk_saved_items_unit_price CHECK (unit_price >= 0),
    CONSTRAINT chk_saved_items_currency CHECK (currency ~ '^[A-Z]{3}$')
);

COMMENT ON TABLE saved_items IS 'The products that are saved for later, each once in a list. They reserve nothing.';
COMMENT ON COLUMN saved_items.tenant_id IS 'The shop.';
COMMENT ON COLUMN saved_items.list_id IS 'The list.';
COMMENT ON COLUMN saved_items.product_id IS 'What may be bought later; the catalogue knows it.';
COMMENT ON COLUMN saved_items.quantity IS 'How many units, 1 to 999,999.';
COMMENT ON COLUMN saved_items.unit_price IS 'The price at which the product was put into the cart that it came from.';
COMMENT ON COLUMN saved_items.currency IS 'ISO 4217 code of the price.';
COMMENT ON COLUMN saved_items.saved_at IS 'When the product was first saved; the order of the items.';
COMMENT ON COLUMN saved_items.updated_at IS 'When the item was last changed.';

CALL isolate_tenants('saved_items');

-- As carts: a customer sees their own list, and those of guests, of which one becomes part of the customer's at log-in.
CALL keep_customers_apart('saved_lists', 'customer_id', true, 'guest_id');
CALL keep_customers_apart_by('saved_lists', 'id', 'saved_items', 'list_id');
