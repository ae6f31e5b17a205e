DROP TABLE second_factor_removals;
