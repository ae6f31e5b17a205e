-- What was validated stays so until the constraint goes.
SELECT 1;
