-- Trigrams find names that are spelt almost right; btree_gin lets text indexes lead with the tenant.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;
