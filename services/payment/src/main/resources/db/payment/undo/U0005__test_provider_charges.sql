DROP TABLE test_provider_charges;
