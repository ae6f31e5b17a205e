-- A constraint that was found to hold still holds.
SELECT 1;
