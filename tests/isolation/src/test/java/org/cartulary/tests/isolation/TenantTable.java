package org.cartulary.tests.isolation;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table or a view with rows of tenants, as the catalogue of its database describes it.
 *
 * @param service in whose database it is
 * @param tenantColumn names the tenant of a row
 * @param isView whether it can only be read
 * @param partitionColumn by which its rows go to partitions, {@code null} if they do not
 * @param keepsCallersApart whether those who do not serve the whole shop see their own rows of it only
 * @param references its foreign keys to others of these tables
 */
record TenantTable(
        String service,
        String name,
        String tenantColumn,
        boolean isView,
        @Nullable String partitionColumn,
        boolean keepsCallersApart,
        List<Reference> references) {

    /**
     * A foreign key without the tenant.
     *
     * @param columns the referring columns
     * @param parent the table that they refer to
     * @param parentColumns the columns there, in the same order
     */
    record Reference(List<String> columns, String parent, List<String> parentColumns) {}

    private static final String TABLES = """
            select c.relname::text as name, a.attname::text as tenant_column, c.relkind = 'v' as is_view,
              (select k.attname::text from pg_partitioned_table p join pg_attribute k on k.attrelid = c.oid and k.attnum = p.partattrs[0]
                where p.partrelid = c.oid) as partition_column,
              exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive
                and (p.polname = c.relname || '_customer'
                  -- Everybody sees what is on sale.
                  or p.polname = c.relname || '_seen_by_vendors'
                    and c.relname not in ('products', 'product_options', 'product_variants'))) as keeps_callers_apart
            from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
              and a.attname = case c.relname when 'tenants' then 'id' else 'tenant_id' end
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
            order by c.relname
            """;

    private static final String REFERENCES = """
            select p.relname::text as parent,
              (select array_agg(a.attname::text order by k.place) from unnest(f.conkey) with ordinality k (number, place)
                join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.number
                where a.attname <> 'tenant_id') as columns,
              (select array_agg(a.attname::text order by k.place) from unnest(f.confkey) with ordinality k (number, place)
                join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.number
                where a.attname <> 'tenant_id') as parent_columns
            from pg_constraint f join pg_class p on p.oid = f.confrelid
            where f.conrelid = :table::regclass and f.contype = 'f' and f.conparentid = 0
              and exists (select from pg_attribute t where t.attrelid = p.oid and t.attname = 'tenant_id')
            """;

    /** All of a service's database, partitions among them. */
    static List<TenantTable> of(String service, JdbcClient database) {
        return database.sql(TABLES)
                .query((row, _) -> new TenantTable(
                        service,
                        row.getString("name"),
                        row.getString("tenant_column"),
                        row.getBoolean("is_view"),
                        row.getString("partition_column"),
                        row.getBoolean("keeps_callers_apart"),
                        references(database, row.getString("name"))))
                .list();
    }

    private static List<Reference> references(JdbcClient database, String table) {
        return database.sql(REFERENCES)
                .param("table", table)
                .query((row, _) ->
                        new Reference(names(row, "columns"), row.getString("parent"), names(row, "parent_columns")))
                .list();
    }

    private static List<String> names(ResultSet row, String column) throws SQLException {
        Array names = row.getArray(column);
        return names == null ? List.of() : List.of((String[]) names.getArray());
    }
}
