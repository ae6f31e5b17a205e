package org.cartulary.tests.architecture;

/** The tables, columns and functions of a service, with which the {@link CatalogueRule}s begin. */
final class CatalogueSql {

    /** A tenant is named by tenant_id, and in the directory of tenants by its id. */
    static final String TABLES = """
            with tables as (
              select c.oid, c.relname::text as name, c.relispartition as is_partition,
                c.relrowsecurity and c.relforcerowsecurity as is_isolated,
                coalesce(starts_with(obj_description(coalesce(pg_partition_root(c.oid), c.oid), 'pg_class'),
                  'Platform table:'), false) as is_platform,
                t.attnum as tenant
              from pg_class c left join pg_attribute t on t.attrelid = c.oid and not t.attisdropped
                and t.attname = case c.relname when 'tenants' then 'id' else 'tenant_id' end
              where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                and c.relname <> 'flyway_schema_history'
                and not exists (select from pg_depend d
                  where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            )
            """;

    /** A partition's columns are those of its table. */
    static final String COLUMNS = TABLES + """
            , columns as (
              select t.oid as table_oid, t.name as table_name, a.attnum as number, a.attname::text as name,
                format_type(a.atttypid, a.atttypmod) as type
              from tables t join pg_attribute a on a.attrelid = t.oid
              where a.attnum > 0 and not a.attisdropped and not t.is_partition
            )
            """;

    static final String FUNCTIONS = """
            with functions as (
              select p.oid, p.proname::text as name, p.proowner as owner, p.prosecdef as is_definer,
                p.proconfig as settings
              from pg_proc p
              where p.pronamespace = 'public'::regnamespace
                and not exists (select from pg_depend d
                  where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
            )
            """;

    private CatalogueSql() {}
}
