-- Where the items of a cart went that were not ordered with it.

ALTER TABLE carts
    ADD COLUMN continued_in uuid,
    ADD CONSTRAINT chk_carts_continued CHECK (
        CASE status WHEN 'MERGED' THEN continued_in IS NOT NULL
                    WHEN 'ORDERED' THEN true
                    ELSE continued_in IS NULL END
        AND continued_in <> id) NOT VALID;

COMMENT ON COLUMN carts.continued_in IS
    'The cart that holds what was not ordered with this one, or that this one was merged into. No foreign key: that cart may be deleted first.';
