package org.cartulary.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/** By which a shop sorts its stock. A product is in one category at most. Categories are never deleted. Thread-safe. */
final class StockCategories {

    private static final String CATEGORY = """
            SELECT id, code, name, reorder_point, reorder_quantity, created_at, version
            FROM inventory_categories
            WHERE tenant_id = :tenant
            """;

    private final Database database;

    StockCategories(Database database) {
        this.database = database;
    }

    /** Makes a category, or 409 {@code stock-category-exists}. */
    StockCategoryView make(StockCategoryDraft draft) {
        UUID id = Ids.next();
        return database.inTransaction(tx -> {
            int made = tx.jdbc()
                    .sql("""
                            INSERT INTO inventory_categories (tenant_id, id, code, name, reorder_point, reorder_quantity)
                            VALUES (:tenant, :id, :code, :name, :point, :quantity)
                            ON CONFLICT (tenant_id, code) DO NOTHING
                            """)
                    .param("tenant", RequestContext.currentTenant())
                    .param("id", id)
                    .param("code", draft.code())
                    .param("name", draft.strippedName())
                    .param("point", draft.reorderPointOrNone())
                    .param("quantity", draft.reorderQuantityOrNone())
                    .update();
            if (made == 0) {
                throw exists(tx, draft.code());
            }
            return find(tx, id).orElseThrow();
        });
    }

    /** Makes the category what the draft says: 404 {@code stock-category-not-found}, 409 {@code stock-category-exists}, or 412. */
    StockCategoryView change(UUID id, long version, StockCategoryDraft draft) {
        try {
            return database.inTransaction(tx -> {
                int changed = tx.jdbc()
                        .sql("""
                                UPDATE inventory_categories
                                SET code = :code, name = :name, reorder_point = :point, reorder_quantity = :quantity,
                                    version = version + 1, updated_at = clock_timestamp()
                                WHERE tenant_id = :tenant AND id = :id AND version = :version
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .param("version", version)
                        .param("code", draft.code())
                        .param("name", draft.strippedName())
                        .param("point", draft.reorderPointOrNone())
                        .param("quantity", draft.reorderQuantityOrNone())
                        .update();
                Optional<StockCategoryView> now = find(tx, id);
                if (changed == 0) {
                    throw now.isPresent() ? ETags.stale() : unknown();
                }
                return now.orElseThrow();
            });
        } catch (DuplicateKeyException taken) {
            throw database.inReadTransaction(tx -> exists(tx, draft.code()));
        }
    }

    StockCategoryView find(UUID id) {
        return database.inReadTransaction(tx -> find(tx, id)).orElseThrow(StockCategories::unknown);
    }

    /** Up to {@code limit} categories after the code, in the order of codes. */
    List<StockCategoryView> list(String after, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(CATEGORY + "AND code > :after ORDER BY code LIMIT :limit")
                .param("tenant", RequestContext.currentTenant())
                .param("after", after)
                .param("limit", limit)
                .query(StockCategories::view)
                .list());
    }

    /** Up to {@code limit} products of the category after the given one, in the order of their ids; 404 {@code stock-category-not-found}. */
    List<UUID> products(UUID categoryId, UUID after, int limit) {
        return database.inReadTransaction(tx -> requireKnown(tx, categoryId)
                .jdbc()
                .sql("""
                        SELECT product_id
                        FROM inventory_category_products
                        WHERE tenant_id = :tenant AND category_id = :category AND product_id > :after
                        ORDER BY product_id
                        LIMIT :limit
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("category", categoryId)
                .param("after", after)
                .param("limit", limit)
                .query(UUID.class)
                .list());
    }

    /** Puts a product into the category, and takes it out of the one that it was in; 404 {@code stock-category-not-found}. */
    void put(UUID categoryId, UUID productId) {
        try {
            database.<Integer>inTransaction(tx -> tx.jdbc()
                    .sql("""
                            INSERT INTO inventory_category_products AS g (tenant_id, product_id, category_id)
                            VALUES (:tenant, :product, :category)
                            ON CONFLICT (tenant_id, product_id) DO UPDATE
                            SET category_id = excluded.category_id, changed_at = clock_timestamp()
                            WHERE g.category_id IS DISTINCT FROM excluded.category_id
                            """)
                    .param("tenant", RequestContext.currentTenant())
                    .param("product", productId)
                    .param("category", categoryId)
                    .update());
        } catch (DataIntegrityViolationException refused) {
            if (String.valueOf(refused.getMessage()).contains("fk_inventory_category_products_category")) {
                throw unknown();
            }
            throw refused;
        }
    }

    /** Takes a product out of the category if it is in it; 404 {@code stock-category-not-found}. */
    void takeOut(UUID categoryId, UUID productId) {
        database.<Integer>inTransaction(tx -> requireKnown(tx, categoryId)
                .jdbc()
                .sql("""
                        UPDATE inventory_category_products
                        SET category_id = NULL, changed_at = clock_timestamp()
                        WHERE tenant_id = :tenant AND product_id = :product AND category_id = :category
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("product", productId)
                .param("category", categoryId)
                .update());
    }

    private static Transaction requireKnown(Transaction tx, UUID id) {
        if (find(tx, id).isEmpty()) {
            throw unknown();
        }
        return tx;
    }

    private static Optional<StockCategoryView> find(Transaction tx, UUID id) {
        return tx.jdbc()
                .sql(CATEGORY + "AND id = :id")
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .query(StockCategories::view)
                .optional();
    }

    private static StockCategoryView view(ResultSet row, int number) throws SQLException {
        return new StockCategoryView(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getString("name"),
                row.getInt("reorder_point"),
                row.getInt("reorder_quantity"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static ProblemException exists(Transaction tx, String code) {
        ProblemException problem = ProblemException.conflict("stock-category-exists", "a category has this code")
                .with("/code", "taken", "choose another code");
        tx.jdbc()
                .sql(CATEGORY + "AND code = :code")
                .param("tenant", RequestContext.currentTenant())
                .param("code", code)
                .query(StockCategories::view)
                .optional()
                .ifPresent(existing -> problem.withProperty("stockCategoryId", existing.id()));
        return problem;
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("stock-category-not-found", "there is no such category");
    }
}
