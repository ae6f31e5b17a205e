-- Units that were withdrawn are to be sent again as far as the version before knows.
DROP TABLE order_withdrawal_items, order_withdrawals;
DROP FUNCTION count_withdrawn_units();
DROP FUNCTION count_units_given_back();
