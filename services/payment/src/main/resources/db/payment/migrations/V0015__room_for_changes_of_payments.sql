-- No change of a payment touches an indexed column: with room on its page it writes no index (HOT). A payment is changed twice.
ALTER TABLE payments SET (fillfactor = 60);
