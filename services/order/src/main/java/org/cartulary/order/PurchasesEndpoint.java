package org.cartulary.order;

import org.cartulary.contracts.order.FindPurchase;
import org.cartulary.contracts.order.Purchase;
import org.cartulary.contracts.order.PurchasesApi;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.springframework.web.bind.annotation.RestController;

/** What other services may ask of what customers have bought. */
@RestController
final class PurchasesEndpoint implements PurchasesApi {

    private final Database database;

    PurchasesEndpoint(Database database) {
        this.database = database;
    }

    /** As the platform, which sees all orders of a customer whoever asks. */
    @Override
    public Purchase find(FindPurchase query) {
        return RequestContext.current()
                .asSystem()
                .supply(() -> database.inReadTransaction(tx -> tx.jdbc()
                        .sql("""
                        SELECT EXISTS (
                            SELECT FROM orders o
                            JOIN order_items i ON i.tenant_id = o.tenant_id AND i.order_id = o.id
                            WHERE o.tenant_id = :tenantId AND o.customer_id = :customerId
                              AND o.status IN ('PAID', 'CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED')
                              AND i.product_id = ANY (:soldIds)) AS paid
                        """)
                        .param("tenantId", RequestContext.currentTenant())
                        .param("customerId", query.customerId())
                        .param("soldIds", Sql.uuidArray(query.soldIds()))
                        .query((row, number) -> new Purchase(row.getBoolean("paid")))
                        .single()));
    }
}
