DROP TABLE tax_rates;
DROP EXTENSION btree_gist;
