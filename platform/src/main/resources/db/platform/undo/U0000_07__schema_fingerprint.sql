DROP TABLE schema_fingerprint;
