DROP PROCEDURE keep_customers_apart_by(text, text, text, text);
DROP PROCEDURE keep_customers_apart(text, text, boolean);
