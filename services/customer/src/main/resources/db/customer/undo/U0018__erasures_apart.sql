DROP POLICY erasures_customer ON erasures;
