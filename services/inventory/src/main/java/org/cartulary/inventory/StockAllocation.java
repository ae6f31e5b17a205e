package org.cartulary.inventory;

import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ETags;

/** By which rule a shop takes stock from its warehouses. Thread-safe. */
final class StockAllocation {

    private final Database database;

    StockAllocation(Database database) {
        this.database = database;
    }

    /**
     * The rule of a shop.
     *
     * @param version counts the shop's decisions, 0 where it has made none
     */
    record Decided(AllocationRule rule, long version) {}

    Decided find() {
        return database.inReadTransaction(StockAllocation::find);
    }

    /** Decides for a rule; orders that are reserved from now on follow it. 412 where the version is another one. */
    Decided decide(long version, AllocationRule rule) {
        return database.inTransaction(tx -> {
            int decided = version == 0 ? decideFirst(tx, rule) : decideAnew(tx, version, rule);
            if (decided == 0) {
                throw ETags.stale();
            }
            return find(tx);
        });
    }

    private static int decideFirst(Transaction tx, AllocationRule rule) {
        return tx.jdbc()
                .sql("""
                        INSERT INTO inventory_settings (tenant_id, allocation_rule, single_warehouse_first)
                        VALUES (:tenant, :rule, :single)
                        ON CONFLICT (tenant_id) DO NOTHING
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("rule", rule.ofSeveral().name())
                .param("single", rule == AllocationRule.SINGLE_WAREHOUSE_FIRST)
                .update();
    }

    private static int decideAnew(Transaction tx, long version, AllocationRule rule) {
        return tx.jdbc()
                .sql("""
                        UPDATE inventory_settings
                        SET allocation_rule = :rule, single_warehouse_first = :single, version = version + 1,
                            updated_at = clock_timestamp()
                        WHERE tenant_id = :tenant AND version = :version
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("rule", rule.ofSeveral().name())
                .param("single", rule == AllocationRule.SINGLE_WAREHOUSE_FIRST)
                .param("version", version)
                .update();
    }

    private static Decided find(Transaction tx) {
        return tx.jdbc()
                .sql("""
                        SELECT CASE WHEN single_warehouse_first THEN 'SINGLE_WAREHOUSE_FIRST' ELSE allocation_rule END
                                   AS rule, version
                        FROM inventory_settings
                        WHERE tenant_id = :tenant
                        """)
                .param("tenant", RequestContext.currentTenant())
                .query((row, number) ->
                        new Decided(AllocationRule.valueOf(row.getString("rule")), row.getLong("version")))
                .optional()
                .orElse(new Decided(AllocationRule.OLDEST_FIRST, 0));
    }
}
