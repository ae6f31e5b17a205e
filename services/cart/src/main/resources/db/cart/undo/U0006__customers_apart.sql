DROP POLICY cart_items_customer ON cart_items;
DROP POLICY carts_customer ON carts;
