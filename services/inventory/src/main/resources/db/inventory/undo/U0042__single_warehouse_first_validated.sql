-- A constraint that was validated may stay so: nothing writes what it refuses.
SELECT 1;
