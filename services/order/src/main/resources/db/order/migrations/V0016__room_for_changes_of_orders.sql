-- What becomes known of a payment changes no indexed column: with room on its page such a change writes no index (HOT). An
-- order that is confirmed is in other places of the indexes, but stays on its page as well.
ALTER TABLE orders SET (fillfactor = 75);
