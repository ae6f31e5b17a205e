ALTER TABLE promotions DROP COLUMN group_ids;
