package org.cartulary.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
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

/** Where a shop keeps its stock. Warehouses are never deleted. Thread-safe. */
final class Warehouses {

    private static final String WAREHOUSE = """
            SELECT id, name, priority, active, country, is_default, created_at, version
            FROM warehouses
            WHERE tenant_id = :tenant
            """;

    private final Database database;

    Warehouses(Database database) {
        this.database = database;
    }

    /**
     * Opens a warehouse.
     *
     * @throws ProblemException 409 {@code warehouse-exists} if there is one of this name
     */
    WarehouseView open(WarehouseDraft draft) {
        UUID id = Ids.next();
        return database.inTransaction(tx -> {
            int inserted = tx.jdbc()
                    .sql("""
                            INSERT INTO warehouses (tenant_id, id, name, priority, active, country)
                            VALUES (:tenant, :id, :name, :priority, :active, :country)
                            ON CONFLICT (tenant_id, name) DO NOTHING
                            """)
                    .param("tenant", RequestContext.currentTenant())
                    .param("id", id)
                    .param("name", draft.strippedName())
                    .param("priority", draft.priorityOrUsual())
                    .param("active", draft.activeOrUsual())
                    .param("country", draft.country(), Types.VARCHAR)
                    .update();
            if (inserted == 0) {
                throw exists(tx, draft.strippedName());
            }
            return find(tx, id).orElseThrow();
        });
    }

    /**
     * Makes the warehouse what the draft says. Receipts that have begun end first; those that come later find it changed.
     *
     * @throws ProblemException 404 {@code warehouse-not-found}; 409 {@code warehouse-exists} if another one has this name,
     *     {@code default-warehouse} if the default one would not be active; 412 {@code precondition-failed} if it has
     *     another version
     */
    WarehouseView change(UUID id, long version, WarehouseDraft draft) {
        try {
            return database.inTransaction(tx -> {
                int changed = tx.jdbc()
                        .sql("""
                                UPDATE warehouses
                                SET name = :name, priority = :priority, active = :active, country = :country,
                                    version = version + 1
                                WHERE tenant_id = :tenant AND id = :id AND version = :version
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .param("version", version)
                        .param("name", draft.strippedName())
                        .param("priority", draft.priorityOrUsual())
                        .param("active", draft.activeOrUsual())
                        .param("country", draft.country(), Types.VARCHAR)
                        .update();
                Optional<WarehouseView> now = find(tx, id);
                if (changed == 0) {
                    throw now.isPresent() ? ETags.stale() : unknown();
                }
                return now.orElseThrow();
            });
        } catch (DuplicateKeyException taken) {
            throw database.inReadTransaction(tx -> exists(tx, draft.strippedName()));
        } catch (DataIntegrityViolationException refused) {
            if (String.valueOf(refused.getMessage()).contains("chk_warehouses_default_active")) {
                throw ProblemException.conflict(
                        "default-warehouse", "stock that names no warehouse is received here: it stays active");
            }
            throw refused;
        }
    }

    /** The warehouse, or 404 {@code warehouse-not-found}. */
    WarehouseView find(UUID id) {
        return database.inReadTransaction(tx -> find(tx, id)).orElseThrow(Warehouses::unknown);
    }

    /** Up to {@code limit} warehouses after the name, in the order of names. */
    List<WarehouseView> list(String after, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(WAREHOUSE + "AND name > :after ORDER BY name LIMIT :limit")
                .param("tenant", RequestContext.currentTenant())
                .param("after", after)
                .param("limit", limit)
                .query(Warehouses::view)
                .list());
    }

    private static Optional<WarehouseView> find(Transaction tx, UUID id) {
        return tx.jdbc()
                .sql(WAREHOUSE + "AND id = :id")
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .query(Warehouses::view)
                .optional();
    }

    private static WarehouseView view(ResultSet row, int number) throws SQLException {
        return new WarehouseView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getInt("priority"),
                row.getBoolean("active"),
                row.getString("country"),
                row.getBoolean("is_default"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static ProblemException exists(Transaction tx, String name) {
        ProblemException problem = ProblemException.conflict("warehouse-exists", "a warehouse has this name")
                .with("/name", "taken", "choose another name");
        tx.jdbc()
                .sql(WAREHOUSE + "AND name = :name")
                .param("tenant", RequestContext.currentTenant())
                .param("name", name)
                .query(Warehouses::view)
                .optional()
                .ifPresent(existing -> problem.withProperty("warehouseId", existing.id()));
        return problem;
    }

    static ProblemException unknown() {
        return ProblemException.notFound("warehouse-not-found", "there is no such warehouse");
    }
}
