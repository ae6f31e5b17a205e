-- Not a third value of the rule: the program before reads the rule, and knows two.
ALTER TABLE inventory_settings
    ADD COLUMN single_warehouse_first boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT chk_inventory_settings_single_warehouse_first CHECK (
        NOT single_warehouse_first OR allocation_rule = 'BY_PRIORITY') NOT VALID;

COMMENT ON COLUMN inventory_settings.single_warehouse_first IS
    'Whether an order that one warehouse alone can serve is served by the first such, and only others from the first of all.';
