DROP TABLE data_access_log;
