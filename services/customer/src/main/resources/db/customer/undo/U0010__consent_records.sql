DROP TABLE consent_records;
DROP FUNCTION refuse_to_change_consents();
