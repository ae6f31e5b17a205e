package org.cartulary.tests.architecture;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What every service's database has to hold, each rule as a query of PostgreSQL's catalogue that lists the breaches.
 * Flyway's own table and what extensions bring are exempt.
 */
enum CatalogueRule {
    TABLES_HAVE_COMMENTS(CatalogueSql.TABLES + """
            select name || ' has no comment' from tables
            where not is_partition and obj_description(oid, 'pg_class') is null
            """),
    COLUMNS_HAVE_COMMENTS(CatalogueSql.COLUMNS + """
            select format('%s.%s has no comment', table_name, name) from columns
            where col_description(table_oid, number) is null
            """),
    NAMES_ARE_SNAKE_CASE(CatalogueSql.COLUMNS + """
            , names(name) as (
              select name from tables
              union all select table_name || '.' || name from columns
              union all select c.relname from tables t join pg_index i on i.indrelid = t.oid
                join pg_class c on c.oid = i.indexrelid
              union all select k.conname from tables t join pg_constraint k on k.conrelid = t.oid
              union all select p.polname from tables t join pg_policy p on p.polrelid = t.oid
              union all select p.proname from pg_proc p where p.pronamespace = 'public'::regnamespace
                and not exists (select from pg_depend d
                  where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
            )
            select distinct name || ' is not in snake case' from names where name !~ '^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)?$'
            """),
    INDEXES_AND_CONSTRAINTS_ARE_NAMED_AFTER_THEIR_TABLE(CatalogueSql.TABLES + """
            , named as (
              select t.name as table_name, c.relname::text as name,
                case when i.indisunique then 'uq_' else 'idx_' end || t.name || '_' as beginning
              from tables t join pg_index i on i.indrelid = t.oid join pg_class c on c.oid = i.indexrelid
              where not t.is_partition and not exists (select from pg_constraint k where k.conindid = i.indexrelid
                and k.conrelid = t.oid and k.contype in ('p', 'u', 'x'))
              union all
              select t.name, k.conname::text, case k.contype when 'p' then t.name || '_pkey'
                when 'u' then 'uq_' || t.name || '_' when 'f' then 'fk_' || t.name || '_'
                when 'c' then 'chk_' || t.name || '_' else 'ex_' || t.name || '_' end
              from tables t join pg_constraint k on k.conrelid = t.oid
              where not t.is_partition and k.contype in ('p', 'u', 'f', 'c', 'x')
            )
            -- PostgreSQL cuts names after 63 bytes.
            select format('%s of %s should begin with %s', name, table_name, beginning) from named
            where not starts_with(name, left(beginning, 63))
            """),
    FOREIGN_KEYS_STATE_ON_DELETE(CatalogueSql.TABLES + """
            select format('%s of %s does not state ON DELETE', k.conname, t.name)
            from tables t join pg_constraint k on k.conrelid = t.oid
            where k.contype = 'f' and k.conparentid = 0 and k.confdeltype = 'a'
              and k.conname <> all (string_to_array(:statedNoAction, ','))
            """),
    FOREIGN_KEYS_ARE_INDEXED(CatalogueSql.TABLES + """
            select format('%s of %s has no index', k.conname, t.name)
            from tables t join pg_constraint k on k.conrelid = t.oid
            where k.contype = 'f' and not exists (
              select from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
              where i.indrelid = t.oid and i.indisvalid and m.amname = 'btree'
                and i.indnkeyatts >= cardinality(k.conkey)
                and (i.indkey::int2[])[0 : cardinality(k.conkey) - 1] @> k.conkey
                -- A row whose reference is NULL is never looked up.
                and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) in (
                  select format('(%I IS NOT NULL)', a.attname) from pg_attribute a
                  where a.attrelid = t.oid and a.attnum = any (k.conkey))))
            """),
    MONEY_IS_NUMERIC_10_2(CatalogueSql.COLUMNS + """
            select format('%s.%s is %s', table_name, name, type) from columns
            where type in ('real', 'double precision', 'money')
              or (type ~ '^(numeric|smallint|integer|bigint)' and type <> 'numeric(10,2)'
                and name ~ '(^|_)(amounts?|prices?|costs?|fees?|subtotal|spent|revenue)($|_)')
              or (type ~ '^numeric' and type <> 'numeric(10,2)' and name ~ '(^|_)totals?($|_)')
            """),
    TIMESTAMPS_HAVE_A_TIME_ZONE(CatalogueSql.COLUMNS + """
            select format('%s.%s is %s', table_name, name, type) from columns
            where type ~ '^time' and type !~ '^timestamp.* with time zone'
            """),
    FUNCTIONS_HAVE_A_FIXED_SEARCH_PATH(CatalogueSql.FUNCTIONS + """
            select name || ' has no search_path of public, pg_temp' from functions
            where 'search_path=public, pg_temp' <> all (coalesce(settings, '{}'))
            """),
    FUNCTIONS_RUN_AS_THEIR_CALLER(CatalogueSql.FUNCTIONS + """
            select name || ' runs as its owner' from functions where is_definer
            """),

    TABLES_BELONG_TO_TENANTS_OR_THE_PLATFORM(CatalogueSql.TABLES + """
            select name || ' has no tenant_id uuid NOT NULL, nor a comment that begins with "Platform table:"' from tables
            where not is_platform and not exists (select from pg_attribute a
              where a.attrelid = tables.oid and a.attnum = tables.tenant and a.atttypid = 'uuid'::regtype and a.attnotnull)
            """),
    ROW_SECURITY_IS_FORCED(CatalogueSql.TABLES + """
            select name || ' does not force row-level security' from tables
            where tenant is not null and not is_isolated
            """),
    THE_APPLICATION_SEES_ITS_TENANT_ONLY(CatalogueSql.TABLES + """
            , policies as (
              select t.oid, p.polname, p.polcmd,
                pg_get_expr(p.polqual, t.oid) as seen, pg_get_expr(p.polwithcheck, t.oid) as written, format(
                  '(%I = ( SELECT (NULLIF(current_setting(''app.tenant_id''::text, true), ''''::text))::uuid AS "nullif"))',
                  a.attname) as own
              from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum = t.tenant
                join pg_policy p on p.polrelid = t.oid
              where p.polpermissive and p.polroles && array[0::oid, (:service || '_app')::regrole::oid]
            )
            select name || ' has no policy for the application' from tables t
            where tenant is not null and not exists (select from policies p where p.oid = t.oid)
            union all
            select format('the policy %s of %s is not bound to the tenant', p.polname, t.name)
            from tables t join policies p on p.oid = t.oid
            where (p.polcmd <> 'a' and (p.seen = p.own or starts_with(p.seen, '(' || p.own || ' AND ')) is not true)
              or (p.polcmd in ('*', 'a', 'w')
                and (p.written = p.own or starts_with(p.written, '(' || p.own || ' AND ')) is not true)
            """),
    /** By a policy that names whom it lets through, and so lets nobody through whom it does not know. */
    CUSTOMERS_ARE_KEPT_APART(CatalogueSql.TABLES + """
            , kept as (
              select t.oid from tables t join pg_policy p on p.polrelid = t.oid
              where not p.polpermissive and p.polname = t.name || '_customer' and p.polcmd = '*'
                and (:service || '_app')::regrole = any (p.polroles)
                and starts_with(ltrim(pg_get_expr(p.polqual, t.oid), '( '), 'SELECT (current_setting(''app.principal_kind''::text, true)'
                  || ' = ANY (ARRAY[''STAFF''::text, ''INTEGRATION''::text, ''SYSTEM''::text]))')
            )
            select name || ' does not keep customers apart' from tables t
            where tenant is not null and not is_platform and not is_partition and t.oid not in (select oid from kept)
              and (exists (select from pg_attribute a
                  where a.attrelid = t.oid and a.attname in ('customer_id', 'guest_id', 'user_id'))
                or exists (select from pg_constraint f join kept k on k.oid = f.confrelid
                  where f.conrelid = t.oid and f.contype = 'f'))
            """),
    PRIMARY_KEYS_BEGIN_WITH_THE_TENANT(CatalogueSql.TABLES + """
            select name || ' has no primary key that begins with the tenant' from tables t
            where tenant is not null and not is_platform and not exists (select from pg_constraint k
              where k.conrelid = t.oid and k.contype = 'p' and k.conkey[1] = t.tenant)
            """),
    UNIQUENESS_IS_WITHIN_THE_TENANT(CatalogueSql.TABLES + """
            select format('%s of %s does not begin with the tenant', c.relname, t.name)
            from tables t join pg_index i on i.indrelid = t.oid join pg_class c on c.oid = i.indexrelid
            where not t.is_platform and (i.indisunique or i.indisexclusion) and i.indkey[0] <> t.tenant
            """),
    FOREIGN_KEYS_STAY_WITHIN_THE_TENANT(CatalogueSql.TABLES + """
            select format('%s of %s does not begin with the tenant on both sides', k.conname, t.name)
            from tables t join pg_constraint k on k.conrelid = t.oid join tables r on r.oid = k.confrelid
            where k.contype = 'f' and r.tenant is not null
              and (k.conkey[1] is distinct from t.tenant or k.confkey[1] is distinct from r.tenant)
            """),
    VIEWS_SEE_WHAT_THEIR_READER_SEES("""
            select c.relname || ' is a view without security_invoker, or a materialized view that the application reads'
            from pg_class c
            where c.relnamespace = 'public'::regnamespace
              and (c.relkind = 'v' and 'security_invoker=true' <> all (coalesce(c.reloptions, '{}'))
                or c.relkind = 'm' and has_table_privilege(:service || '_app', c.oid, 'SELECT'))
              and not exists (select from pg_depend d
                where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            """),

    ROLES_ARE_PLAIN("""
            with roles as (select :service || '_' || kind as name
              from unnest(array['owner', 'app', 'worker', 'readonly']) as kind)
            select name || ' does not exist' from roles where to_regrole(name) is null
            union all
            select name || ' may do what no role of a service may' from roles join pg_roles r on r.rolname = name
            where r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication
            union all
            select name || ' is a member of another role' from roles
            join pg_auth_members m on m.member = to_regrole(name)
            """),
    THE_OWNER_OWNS_EVERYTHING(CatalogueSql.FUNCTIONS + """
            , owned(name, owner) as (
              select c.relname, c.relowner from pg_class c
              where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
                and not exists (select from pg_depend d
                  where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
              union all select name, owner from functions
              union all select 'the schema ' || nspname, nspowner from pg_namespace where nspname = 'public'
              union all select 'the database', datdba from pg_database where datname = current_database()
            )
            select format('%s belongs to %s', name, owner::regrole) from owned
            where owner <> (:service || '_owner')::regrole
            """),
    ROLES_HAVE_THE_LEAST_PRIVILEGES(CatalogueSql.FUNCTIONS + """
            , roles(kind) as (values ('app'), ('worker'), ('readonly'))
            select format('%s may %s %s', kind, privilege, c.relname)
            from roles, unnest(string_to_array('INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER', ' ')) as privilege, pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
              and (kind = 'readonly' or privilege not in ('INSERT', 'UPDATE', 'DELETE'))
              and has_table_privilege(:service || '_' || kind, c.oid, privilege)
            union all
            select kind || ' may create in the schema public' from roles
            where has_schema_privilege(:service || '_' || kind, 'public', 'CREATE')
            union all
            select 'everybody may execute ' || name from functions where has_function_privilege('public', oid, 'EXECUTE')
            union all
            select 'everybody may connect' where has_database_privilege('public', current_database(), 'CONNECT')
            """);

    private final String sql;

    CatalogueRule(String sql) {
        this.sql = sql;
    }

    /**
     * The breaches in the database that the connection leads to.
     *
     * @param statedNoAction foreign keys whose migrations say ON DELETE NO ACTION, which the catalogue cannot tell from
     *     saying nothing
     */
    List<String> breaches(JdbcClient superuser, String service, List<String> statedNoAction) {
        return superuser
                .sql(sql)
                .params(Map.of("service", service, "statedNoAction", String.join(",", statedNoAction)))
                .query(String.class)
                .list();
    }

    /** The same in the words of the report. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
