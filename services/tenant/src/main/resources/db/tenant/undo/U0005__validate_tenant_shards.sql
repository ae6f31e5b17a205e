-- A constraint that was validated needs nothing undone.
SELECT 1;
