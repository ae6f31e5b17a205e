-- A constraint that was found to hold stays so; the script before takes it away.
SELECT 1;
