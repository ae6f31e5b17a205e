-- Constraints that were found to hold still hold.
SELECT 1;
