ALTER TABLE checkout_sessions ADD COLUMN discounts jsonb NOT NULL DEFAULT '[]';

COMMENT ON COLUMN checkout_sessions.discounts IS
    'What promotions take off, in the order in which they apply: promotionId, code, name, lines (amounts, in the order of the lines), freeShipping';
