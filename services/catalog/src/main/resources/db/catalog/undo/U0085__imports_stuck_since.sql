ALTER TABLE product_imports DROP COLUMN stuck_since;

COMMENT ON COLUMN product_imports.faults IS 'How often in a row a worker could not go on, for reasons that lie not in the file.';
