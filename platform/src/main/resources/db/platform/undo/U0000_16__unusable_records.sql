DROP TABLE unusable_records;
