DROP TABLE saved_items;
DROP TABLE saved_lists;
