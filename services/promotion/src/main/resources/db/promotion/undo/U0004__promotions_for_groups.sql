-- What was for some customers would be for all.
UPDATE promotions SET status = 'ENDED' WHERE group_ids <> '{}';
ALTER TABLE promotions DROP COLUMN group_ids;
