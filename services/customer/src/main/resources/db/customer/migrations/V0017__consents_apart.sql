-- A customer sees and says their own consents only.
CALL keep_customers_apart('consent_records');
