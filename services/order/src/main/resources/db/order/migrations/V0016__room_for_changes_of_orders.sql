-- What becomes known of a payment changes no indexed column: with room on its page such a change writes no index (HOT). An
-- order that is confirmed does, since lists are read by its status, but it stays on its page as well.
ALTER TABLE orders SET (fillfactor = 80);
