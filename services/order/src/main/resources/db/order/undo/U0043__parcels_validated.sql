-- A constraint that was found to hold stays so; the scripts before take them away.
SELECT 1;
