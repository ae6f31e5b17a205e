-- Who sent a request is a part of its key, so nobody is answered with what somebody else was told. The database sees to it as well: the
-- answers hold what people gave.

CALL admit_callers('idempotency_keys', 'principal = (select concat_ws('':'', nullif(current_setting(''app.principal_kind'', true), ''''),'
    ' nullif(current_setting(''app.principal_id'', true), '''')))');
