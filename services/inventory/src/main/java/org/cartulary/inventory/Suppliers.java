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
import org.cartulary.platform.money.Money;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/** From whom a shop buys its goods. Suppliers are never deleted. Thread-safe. */
final class Suppliers {

    private static final String SUPPLIER = """
            SELECT id, name, lead_time_days, active, created_at, version
            FROM inventory_suppliers
            WHERE tenant_id = :tenant
            """;

    private final Database database;

    Suppliers(Database database) {
        this.database = database;
    }

    /** Enters a supplier, or 409 {@code supplier-exists}. */
    SupplierView enter(SupplierDraft draft) {
        UUID id = Ids.next();
        return database.inTransaction(tx -> {
            int entered = tx.jdbc()
                    .sql("""
                            INSERT INTO inventory_suppliers (tenant_id, id, name, lead_time_days, active)
                            VALUES (:tenant, :id, :name, :leadTimeDays, :active)
                            ON CONFLICT (tenant_id, name) DO NOTHING
                            """)
                    .param("tenant", RequestContext.currentTenant())
                    .param("id", id)
                    .param("name", draft.strippedName())
                    .param("leadTimeDays", draft.leadTimeDays())
                    .param("active", draft.activeOrUsual())
                    .update();
            if (entered == 0) {
                throw exists(tx, draft.strippedName());
            }
            return find(tx, id).orElseThrow();
        });
    }

    /** Makes the supplier what the draft says: 404 {@code supplier-not-found}, 409 {@code supplier-exists}, or 412. */
    SupplierView change(UUID id, long version, SupplierDraft draft) {
        try {
            return database.inTransaction(tx -> {
                int changed = tx.jdbc()
                        .sql("""
                                UPDATE inventory_suppliers
                                SET name = :name, lead_time_days = :leadTimeDays, active = :active,
                                    version = version + 1
                                WHERE tenant_id = :tenant AND id = :id AND version = :version
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .param("version", version)
                        .param("name", draft.strippedName())
                        .param("leadTimeDays", draft.leadTimeDays())
                        .param("active", draft.activeOrUsual())
                        .update();
                Optional<SupplierView> now = find(tx, id);
                if (changed == 0) {
                    throw now.isPresent() ? ETags.stale() : unknown();
                }
                return now.orElseThrow();
            });
        } catch (DuplicateKeyException taken) {
            throw database.inReadTransaction(tx -> exists(tx, draft.strippedName()));
        }
    }

    SupplierView find(UUID id) {
        return database.inReadTransaction(tx -> find(tx, id)).orElseThrow(Suppliers::unknown);
    }

    /** Up to {@code limit} suppliers after the name, in the order of names. */
    List<SupplierView> list(String after, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(SUPPLIER + "AND name > :after ORDER BY name LIMIT :limit")
                .param("tenant", RequestContext.currentTenant())
                .param("after", after)
                .param("limit", limit)
                .query(Suppliers::view)
                .list());
    }

    /** Up to {@code limit} of the supplier's products after the given one, in the order of their ids; 404 {@code supplier-not-found}. */
    List<SupplierProduct> products(UUID supplierId, UUID after, int limit) {
        return database.inReadTransaction(tx -> requireKnown(tx, supplierId)
                .jdbc()
                .sql("""
                        SELECT product_id, supplier_sku, price, currency, minimum_quantity
                        FROM inventory_supplier_products
                        WHERE tenant_id = :tenant AND supplier_id = :supplier AND product_id > :after
                        ORDER BY product_id
                        LIMIT :limit
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("supplier", supplierId)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new SupplierProduct(
                        row.getObject("product_id", UUID.class),
                        row.getString("supplier_sku"),
                        Money.of(row.getBigDecimal("price"), Money.currencyOf(row.getString("currency"))),
                        row.getInt("minimum_quantity")))
                .list());
    }

    /** Says under which conditions the supplier offers a product, or 404 {@code supplier-not-found}. */
    void offer(UUID supplierId, SupplierProduct product) {
        try {
            database.<Integer>inTransaction(tx -> tx.jdbc()
                    .sql("""
                            INSERT INTO inventory_supplier_products (tenant_id, supplier_id, product_id, supplier_sku,
                                                                     price, currency, minimum_quantity)
                            VALUES (:tenant, :supplier, :product, :sku, :price, :currency, :minimum)
                            ON CONFLICT (tenant_id, supplier_id, product_id) DO UPDATE
                            SET supplier_sku = excluded.supplier_sku, price = excluded.price,
                                currency = excluded.currency, minimum_quantity = excluded.minimum_quantity
                            """)
                    .param("tenant", RequestContext.currentTenant())
                    .param("supplier", supplierId)
                    .param("product", product.productId())
                    .param("sku", product.sku())
                    .param("price", product.price().amount())
                    .param("currency", product.price().currencyCode())
                    .param("minimum", product.minimumQuantity())
                    .update());
        } catch (DataIntegrityViolationException refused) {
            if (String.valueOf(refused.getMessage()).contains("fk_inventory_supplier_products_supplier")) {
                throw unknown();
            }
            throw refused;
        }
    }

    private static Optional<SupplierView> find(Transaction tx, UUID id) {
        return tx.jdbc()
                .sql(SUPPLIER + "AND id = :id")
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .query(Suppliers::view)
                .optional();
    }

    private static SupplierView view(ResultSet row, int number) throws SQLException {
        return new SupplierView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getInt("lead_time_days"),
                row.getBoolean("active"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static ProblemException exists(Transaction tx, String name) {
        ProblemException problem = ProblemException.conflict("supplier-exists", "a supplier has this name")
                .with("/name", "taken", "choose another name");
        tx.jdbc()
                .sql(SUPPLIER + "AND name = :name")
                .param("tenant", RequestContext.currentTenant())
                .param("name", name)
                .query(Suppliers::view)
                .optional()
                .ifPresent(existing -> problem.withProperty("supplierId", existing.id()));
        return problem;
    }

    /** The same transaction, where the shop has such a supplier; else 404 {@code supplier-not-found}. */
    static Transaction requireKnown(Transaction tx, UUID id) {
        if (find(tx, id).isEmpty()) {
            throw unknown();
        }
        return tx;
    }

    static ProblemException unknown() {
        return ProblemException.notFound("supplier-not-found", "there is no such supplier");
    }
}
