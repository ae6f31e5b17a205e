DROP PROCEDURE isolate_tenants(text, text);
DROP FUNCTION service_role(text);
