-- Nothing to undo: the constraint goes with U0052.
SELECT 1;
