package org.cartulary.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.ids.Ids;

/** Brands and manufacturers, which are kept alike. Thread-safe. */
final class MakerStore {

    private final Database database;

    MakerStore(Database database) {
        this.database = database;
    }

    /** What a maker is to a product. */
    enum Kind {
        BRAND("brands"),
        MANUFACTURER("manufacturers");

        private final String table;

        Kind(String table) {
            this.table = table;
        }
    }

    /** A maker that was put, and whether it is new. */
    record PutMaker(MakerView maker, boolean created) {}

    /** Makes the brand or manufacturer what the draft says; what would change nothing is left alone. */
    PutMaker put(Kind kind, String slug, MakerDraft draft) {
        return database.inTransaction(tx -> {
            boolean created = tx.jdbc()
                    .sql("""
                            INSERT INTO %s AS m (tenant_id, id, name, slug, logo_url)
                            VALUES (:tenant, :id, :name, :slug, :logoUrl)
                            ON CONFLICT (tenant_id, slug) DO UPDATE SET
                                name = excluded.name,
                                logo_url = coalesce(excluded.logo_url, m.logo_url),
                                version = m.version + 1,
                                updated_at = now()
                            WHERE (m.name, m.logo_url)
                                IS DISTINCT FROM (excluded.name, coalesce(excluded.logo_url, m.logo_url))
                            RETURNING m.version
                            """.formatted(kind.table))
                    .param("tenant", RequestContext.currentTenant())
                    .param("id", Ids.next())
                    .param("name", draft.name())
                    .param("slug", slug)
                    .param("logoUrl", draft.logoUrl())
                    .query(Long.class)
                    .optional()
                    .filter(version -> version == 1)
                    .isPresent();
            MakerView maker = tx.jdbc()
                    .sql("SELECT id, slug, name, logo_url, version FROM " + kind.table
                            + " WHERE tenant_id = :tenant AND slug = :slug")
                    .param("tenant", RequestContext.currentTenant())
                    .param("slug", slug)
                    .query((row, number) -> maker(row))
                    .single();
            return new PutMaker(maker, created);
        });
    }

    /** Those after the slug in the order of slugs, at most that many. */
    List<MakerView> list(Kind kind, String after, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("SELECT id, slug, name, logo_url, version FROM " + kind.table
                        + " WHERE tenant_id = :tenant AND slug > :after ORDER BY slug LIMIT :limit")
                .param("tenant", RequestContext.currentTenant())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> maker(row))
                .list());
    }

    private static MakerView maker(ResultSet row) throws SQLException {
        return new MakerView(
                row.getObject("id", UUID.class),
                row.getString("slug"),
                row.getString("name"),
                row.getString("logo_url"),
                row.getLong("version"));
    }
}
