package org.cartulary.inventory;

import java.util.UUID;
import org.cartulary.contracts.inventory.PresencesAfter;
import org.cartulary.contracts.inventory.StockPresence;
import org.cartulary.contracts.inventory.StockPresencesApi;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.platform.database.Database;
import org.springframework.web.bind.annotation.RestController;

/** What is in stock, as the triggers of the stock count it. */
@RestController
final class StockPresencesEndpoint implements StockPresencesApi {

    /** Sorts before all others. */
    private static final UUID FIRST = new UUID(0, 0);

    private final Database database;

    StockPresencesEndpoint(Database database) {
        this.database = database;
    }

    @Override
    public FactPage<StockPresence> presences(PresencesAfter query) {
        UUID tenantId = query.tenantId();
        UUID soldId = query.soldId();
        return new FactPage<>(database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT tenant_id, product_id, warehouses > 0 AS in_stock, version
                        FROM inventory_presences
                        WHERE (tenant_id, product_id) > (:tenantId, :soldId)
                        ORDER BY tenant_id, product_id
                        LIMIT :limit
                        """)
                .param("tenantId", tenantId == null ? FIRST : tenantId)
                .param("soldId", soldId == null ? FIRST : soldId)
                .param("limit", query.limit())
                .query((row, number) -> new StockPresence(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("product_id", UUID.class),
                        row.getBoolean("in_stock"),
                        row.getLong("version")))
                .list()));
    }
}
