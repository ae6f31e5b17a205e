package org.cartulary.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.Precondition;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
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

        /** It is there, and was to be new. */
        record Exists() implements PutResult {}

        /** It has another version than was demanded, or is not there. */
        record Stale() implements PutResult {}

        /** The parent does not exist. */
        record UnknownParent() implements PutResult {}

        /** The parent is the category itself, or below it. */
        record ParentBelow() implements PutResult {}
    }

    /** Makes the category what the draft says, if it is as demanded; what would change nothing is left alone. */
    PutResult put(String slug, CategoryDraft draft, Precondition precondition) {
        try {
            return database.inTransaction(tx -> {
                Long version = write(tx, slug, draft, precondition);
                CategoryView category = tx.jdbc()
                        .sql(CATEGORY + "AND c.slug = :slug")
                        .param("tenant", RequestContext.currentTenant())
                        .param("slug", slug)
                        .query((row, number) -> category(row))
                        .optional()
                        .orElse(null);
                if (category != null && version != null) {
                    return new PutResult.Put(category, version == 1);
                }
                return unwritten(category, draft, precondition);
            });
        } catch (DataIntegrityViolationException violation) {
            String message = String.valueOf(violation.getMessage());
            if (message.contains("cannot be moved below itself") || message.contains("chk_categories_parent")) {
                return new PutResult.ParentBelow();
            }
            throw violation;
        }
    }

    /** Writes the category and returns its version, {@code null} where nothing was written. */
    private static @Nullable Long write(Transaction tx, String slug, CategoryDraft draft, Precondition precondition) {
        return tx.jdbc()
                .sql("""
                        INSERT INTO categories AS c
                            (tenant_id, id, parent_id, name, slug, description, image_url, sort_order, is_active)
                        SELECT :tenant, :id, parent.id, :name, :slug, :description, :imageUrl, :sortOrder,
                            coalesce(:active, true)
                        FROM (SELECT :parentSlug::text AS slug) given
                        LEFT JOIN categories parent
                            ON parent.tenant_id = :tenant AND parent.slug = given.slug
                        WHERE (given.slug IS NULL OR parent.id IS NOT NULL)
                            AND (:version::bigint IS NULL OR EXISTS (
                                SELECT FROM categories k WHERE k.tenant_id = :tenant AND k.slug = :slug))
                        ON CONFLICT (tenant_id, slug) DO UPDATE SET
                            parent_id = excluded.parent_id,
                            name = excluded.name,
                            description = CASE WHEN NOT :noDescription
                                THEN coalesce(excluded.description, c.description) END,
                            image_url = CASE WHEN NOT :noImage THEN coalesce(excluded.image_url, c.image_url) END,
                            sort_order = excluded.sort_order,
                            is_active = coalesce(:active, c.is_active),
                            version = c.version + 1,
                            updated_at = now()
                        WHERE NOT :absent AND (:version::bigint IS NULL OR c.version = :version)
                            AND (c.parent_id, c.name, c.description, c.image_url, c.sort_order, c.is_active)
                            IS DISTINCT FROM (excluded.parent_id, excluded.name,
                                CASE WHEN NOT :noDescription THEN coalesce(excluded.description, c.description) END,
                                CASE WHEN NOT :noImage THEN coalesce(excluded.image_url, c.image_url) END,
                                excluded.sort_order, coalesce(:active, c.is_active))
                        RETURNING c.version
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("id", Ids.next())
                .param("name", draft.name())
                .param("slug", slug)
                .param("description", draft.description())
                .param("noDescription", draft.clears("description"))
                .param("imageUrl", draft.imageUrl())
                .param("noImage", draft.clears("imageUrl"))
                .param("sortOrder", draft.sortOrder() == null ? 0 : draft.sortOrder())
                .param("active", draft.active(), Types.BOOLEAN)
                .param("parentSlug", draft.parentSlug())
                .param("version", precondition.version())
                .param("absent", precondition.absent())
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    /** Why the category, as it is, was not written. */
    private static PutResult unwritten(
            @Nullable CategoryView category, CategoryDraft draft, Precondition precondition) {
        if (precondition.absent() && category != null) {
            return new PutResult.Exists();
        }
        Long demanded = precondition.version();
        if (demanded != null && (category == null || category.version() != demanded)) {
            return new PutResult.Stale();
        }
        return category == null || !Objects.equals(category.parentSlug(), draft.parentSlug())
                ? new PutResult.UnknownParent()
                : new PutResult.Put(category, false);
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
