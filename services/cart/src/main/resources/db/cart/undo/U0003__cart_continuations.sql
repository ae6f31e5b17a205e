ALTER TABLE carts DROP COLUMN continued_in;
