DROP TABLE categories;
DROP FUNCTION keep_categories_a_tree();
