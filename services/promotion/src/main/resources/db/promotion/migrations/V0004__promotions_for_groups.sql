ALTER TABLE promotions ADD COLUMN group_ids uuid[] NOT NULL DEFAULT '{}';

COMMENT ON COLUMN promotions.group_ids IS 'It is for customers in one of these groups, which the customer service knows; for everybody where it is empty.';
