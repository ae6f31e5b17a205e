-- What is for sale again stays withdrawn; the script before takes withdrawals away.
SELECT 1;
