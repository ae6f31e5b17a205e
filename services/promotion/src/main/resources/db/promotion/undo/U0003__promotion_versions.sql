DROP TRIGGER promotions_inserted_raise_version ON promotions;
DROP TRIGGER promotions_updated_raise_version ON promotions;
DROP TRIGGER promotions_deleted_raise_version ON promotions;
DROP TABLE promotion_versions;
