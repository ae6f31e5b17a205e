DROP POLICY consent_records_customer ON consent_records;
