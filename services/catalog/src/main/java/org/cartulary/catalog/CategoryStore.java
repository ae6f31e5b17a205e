package org.cartulary.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.ids.Ids;
import org.springframework.dao.DataIntegrityViolationException;

/** The tree of categories. Thread-safe. */
final class CategoryStore {

    private static final String CATEGORY = """
            SELECT c.id, c.slug, c.name, parent.slug AS parent_slug, c.description, c.image_url, c.sort_order,
                c.is_active, c.version
            FROM categories c
            LEFT JOIN categories parent ON parent.tenant_id = c.tenant_id AND parent.id = c.parent_id
            WHERE c.tenant_id = :tenant
            """;

    private static final String SHOWN = """
            AND c.id IN (
                WITH RECURSIVE shown AS (
                    SELECT s.id FROM categories s WHERE s.tenant_id = :tenant AND s.parent_id IS NULL AND s.is_active
                    UNION
                    SELECT s.id FROM categories s JOIN shown ON s.parent_id = shown.id
                    WHERE s.tenant_id = :tenant AND s.is_active
                )
                SELECT id FROM shown)
            """;

    private final Database database;

    CategoryStore(Database database) {
        this.database = database;
    }

    /** What became of a category that was put. */
    sealed interface PutResult {

        /** It is what the draft says. */
        record Put(CategoryView category, boolean created) implements PutResult {}

        /** The parent does not exist. */
        record UnknownParent() implements PutResult {}

        /** The parent is the category itself, or below it. */
        record ParentBelow() implements PutResult {}
    }

    /** Makes the category what the draft says; what would change nothing is left alone. */
    PutResult put(String slug, CategoryDraft draft) {
        try {
            return database.inTransaction(tx -> {
                Long version = tx.jdbc()
                        .sql("""
                                INSERT INTO categories AS c
                                    (tenant_id, id, parent_id, name, slug, description, image_url, sort_order, is_active)
                                SELECT :tenant, :id, parent.id, :name, :slug, :description, :imageUrl, :sortOrder,
                                    coalesce(:active, true)
                                FROM (SELECT :parentSlug::text AS slug) given
                                LEFT JOIN categories parent
                                    ON parent.tenant_id = :tenant AND parent.slug = given.slug
                                WHERE given.slug IS NULL OR parent.id IS NOT NULL
                                ON CONFLICT (tenant_id, slug) DO UPDATE SET
                                    parent_id = excluded.parent_id,
                                    name = excluded.name,
                                    description = coalesce(excluded.description, c.description),
                                    image_url = coalesce(excluded.image_url, c.image_url),
                                    sort_order = excluded.sort_order,
                                    is_active = coalesce(:active, c.is_active),
                                    version = c.version + 1,
                                    updated_at = now()
                                WHERE (c.parent_id, c.name, c.description, c.image_url, c.sort_order, c.is_active)
                                    IS DISTINCT FROM (excluded.parent_id, excluded.name,
                                        coalesce(excluded.description, c.description),
                                        coalesce(excluded.image_url, c.image_url), excluded.sort_order,
                                        coalesce(:active, c.is_active))
                                RETURNING c.version
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", Ids.next())
                        .param("name", draft.name())
                        .param("slug", slug)
                        .param("description", draft.description())
                        .param("imageUrl", draft.imageUrl())
                        .param("sortOrder", draft.sortOrder() == null ? 0 : draft.sortOrder())
                        .param("active", draft.active(), Types.BOOLEAN)
                        .param("parentSlug", draft.parentSlug())
                        .query(Long.class)
                        .optional()
                        .orElse(null);
                return tx.jdbc()
                        .sql(CATEGORY + """
                                AND c.slug = :slug AND parent.slug IS NOT DISTINCT FROM :parentSlug::text
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("slug", slug)
                        .param("parentSlug", draft.parentSlug())
                        .query((row, number) -> category(row))
                        .optional()
                        .<PutResult>map(category -> new PutResult.Put(category, version != null && version == 1))
                        .orElseGet(PutResult.UnknownParent::new);
            });
        } catch (DataIntegrityViolationException violation) {
            String message = String.valueOf(violation.getMessage());
            if (message.contains("cannot be moved below itself") || message.contains("chk_categories_parent")) {
                return new PutResult.ParentBelow();
            }
            throw violation;
        }
    }

    /** The categories that the store shows, after that place in the order of sort order and slug. */
    List<CategoryView> shown(int afterSortOrder, String afterSlug, int limit) {
        return list(SHOWN, afterSortOrder, afterSlug, limit);
    }

    /** All categories, after that place in the order of sort order and slug. */
    List<CategoryView> all(int afterSortOrder, String afterSlug, int limit) {
        return list("", afterSortOrder, afterSlug, limit);
    }

    private List<CategoryView> list(String condition, int afterSortOrder, String afterSlug, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(CATEGORY + condition + """
                        AND (c.sort_order, c.slug) > (:afterSortOrder, :afterSlug)
                        ORDER BY c.sort_order, c.slug
                        LIMIT :limit
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("afterSortOrder", afterSortOrder)
                .param("afterSlug", afterSlug)
                .param("limit", limit)
                .query((row, number) -> category(row))
                .list());
    }

    private static CategoryView category(ResultSet row) throws SQLException {
        return new CategoryView(
                row.getObject("id", UUID.class),
                row.getString("slug"),
                row.getString("name"),
                row.getString("parent_slug"),
                row.getString("description"),
                row.getString("image_url"),
                row.getInt("sort_order"),
                row.getBoolean("is_active"),
                row.getLong("version"));
    }
}
