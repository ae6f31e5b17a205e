-- The column that says whether a customer may be written to is what the history says, whoever writes either of them.

INSERT INTO consent_records (tenant_id, id, customer_id, purpose, number, is_given, text_version, source, principal_kind, trace_id,
                             recorded_at)
SELECT tenant_id, gen_random_uuid(), id, 'marketing', 1, true, 'unknown', 'before-records', 'SYSTEM', repeat('0', 32), updated_at
FROM customers
WHERE marketing_consent;

CREATE FUNCTION apply_marketing_consent() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE customers c
    SET marketing_consent = NEW.is_given
    WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.customer_id AND c.marketing_consent <> NEW.is_given;
    RETURN NULL;
END;
$$;

COMMENT ON FUNCTION apply_marketing_consent() IS 'Has the customer''s column follow a new record.';

CREATE TRIGGER apply_marketing_consent AFTER INSERT ON consent_records
    FOR EACH ROW WHEN (NEW.purpose = 'marketing') EXECUTE FUNCTION apply_marketing_consent();

CREATE FUNCTION refuse_unrecorded_consent() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF NEW.marketing_consent IS DISTINCT FROM coalesce((
        SELECT r.is_given
        FROM consent_records r
        WHERE r.tenant_id = NEW.tenant_id AND r.customer_id = NEW.id AND r.purpose = 'marketing'
        ORDER BY r.number DESC
        LIMIT 1), false)
    THEN
        RAISE EXCEPTION 'the consent of customer % is not what its history says', NEW.id
            USING ERRCODE = 'check_violation', TABLE = 'customers', CONSTRAINT = 'chk_customers_marketing_consent';
    END IF;
    RETURN NEW;
END;
$$;

COMMENT ON FUNCTION refuse_unrecorded_consent() IS 'Refuses a consent of which there is no record.';

CREATE TRIGGER refuse_unrecorded_consent_of_new BEFORE INSERT ON customers
    FOR EACH ROW WHEN (NEW.marketing_consent) EXECUTE FUNCTION refuse_unrecorded_consent();
CREATE TRIGGER refuse_unrecorded_consent BEFORE UPDATE OF marketing_consent ON customers
    FOR EACH ROW WHEN (NEW.marketing_consent IS DISTINCT FROM OLD.marketing_consent)
    EXECUTE FUNCTION refuse_unrecorded_consent();
