DROP TABLE promotion_counters;
DROP TABLE promotions;
