DROP TRIGGER refuse_unrecorded_consent ON customers;
DROP TRIGGER refuse_unrecorded_consent_of_new ON customers;
DROP TRIGGER apply_marketing_consent ON consent_records;
DROP FUNCTION refuse_unrecorded_consent();
DROP FUNCTION apply_marketing_consent();
