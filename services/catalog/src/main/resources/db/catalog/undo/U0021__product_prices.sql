DROP FUNCTION price_in(uuid, uuid, text, timestamptz);
DROP FUNCTION price_at(uuid, uuid, uuid, text, timestamptz);
DROP TABLE product_prices;
DROP EXTENSION btree_gist;
