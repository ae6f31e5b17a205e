package org.cartulary.catalog;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.inventory.PresencesAfter;
import org.cartulary.contracts.inventory.StockPresence;
import org.cartulary.contracts.inventory.StockTurned;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.EventHandler.Arrival;

/** What inventory has told of the stock. Thread-safe. */
final class SoldStockStore {

    /** Sorts before all others. */
    private static final UUID FIRST = new UUID(0, 0);

    private final Database database;

    SoldStockStore(Database database) {
        this.database = database;
    }

    /** What the events say, in whatever order they come. */
    static List<StockPresence> presences(List<Arrival<StockTurned>> arrivals) {
        return arrivals.stream()
                .map(arrival -> new StockPresence(
                        arrival.envelope().tenantId(),
                        arrival.event().soldId(),
                        arrival.event().inStock(),
                        arrival.envelope().aggregateVersion()))
                .toList();
    }

    /** Takes over what is newer than what is known; several may be of the same thing. */
    static void take(Transaction tx, List<StockPresence> told) {
        tx.jdbc()
                .sql("""
                        INSERT INTO sold_stock AS s (tenant_id, sold_id, in_stock, version)
                        SELECT DISTINCT ON (t.tenant_id, t.sold_id) t.tenant_id, t.sold_id, t.in_stock, t.version
                        FROM unnest(:tenants, :ids, :inStock, :versions) AS t(tenant_id, sold_id, in_stock, version)
                        ORDER BY t.tenant_id, t.sold_id, t.version DESC
                        ON CONFLICT (tenant_id, sold_id) DO UPDATE
                        SET in_stock = excluded.in_stock, version = excluded.version
                        WHERE s.version < excluded.version
                        """)
                .param("tenants", Sql.uuidArray(told, StockPresence::tenantId))
                .param("ids", Sql.uuidArray(told, StockPresence::soldId))
                .param(
                        "inStock",
                        Sql.booleanArray(
                                told.stream().map(StockPresence::inStock).toList()))
                .param("versions", Sql.longArray(told, StockPresence::version))
                .update();
    }

    /** Takes over what is newer, of all shops. */
    void takeAll(List<StockPresence> told) {
        database.asWorker(tx -> {
            take(tx, told);
            return told.size();
        });
    }

    /** What is known, of all shops. */
    List<StockPresence> known(PresencesAfter query) {
        UUID tenantId = query.tenantId();
        UUID soldId = query.soldId();
        return database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT tenant_id, sold_id, in_stock, version
                        FROM sold_stock
                        WHERE (tenant_id, sold_id) > (:tenantId, :soldId)
                        ORDER BY tenant_id, sold_id
                        LIMIT :limit
                        """)
                .param("tenantId", tenantId == null ? FIRST : tenantId)
                .param("soldId", soldId == null ? FIRST : soldId)
                .param("limit", query.limit())
                .query((row, number) -> new StockPresence(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("sold_id", UUID.class),
                        row.getBoolean("in_stock"),
                        row.getLong("version")))
                .list());
    }
}
