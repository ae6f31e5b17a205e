ALTER TABLE product_imports ADD COLUMN stuck_since timestamptz;

COMMENT ON COLUMN product_imports.stuck_since IS 'Since when nothing of it has gone on, because of faults that lie not in the file. NULL while it goes on.';
COMMENT ON COLUMN product_imports.faults IS 'How often in a row a worker could not go on, or died, for reasons that lie not in the file and do not pass by themselves.';
