-- Nobody could buy at these prices: nothing to bring back.
SELECT 1;
