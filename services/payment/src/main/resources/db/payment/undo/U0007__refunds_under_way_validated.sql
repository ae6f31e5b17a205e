-- A validated constraint needs no undoing: the script before drops it.
SELECT 1;
