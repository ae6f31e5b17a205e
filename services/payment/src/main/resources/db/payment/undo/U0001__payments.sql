-- The functions that answer with its rows go with it.
DROP TABLE payments CASCADE;
