package org.cartulary.inventory;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;

/** The movements of stock, summed by day. Thread-safe. */
final class StockDays {

    private final Database database;

    StockDays(Database database) {
        this.database = database;
    }

    /** Sums the first day that is over and not summed yet, of all shops, and says which it was. */
    Optional<LocalDate> sumNext() {
        return database.asWorker(tx -> tx.jdbc()
                .sql("SELECT sum_movements_of_a_day() AS day")
                .query((row, number) -> Optional.ofNullable(row.getObject("day", LocalDate.class)))
                .single());
    }

    /** The days from the first to the last one on which something happened, in their order. */
    List<StockDay> find(UUID productId, LocalDate since, LocalDate until) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT day, received_units, returned_units, reserved_units, released_units, sold_units,
                               adjusted_units
                        FROM inventory_analytics
                        WHERE tenant_id = :tenant AND product_id = :product AND day >= :since AND day <= :until
                        ORDER BY day
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("product", productId)
                .param("since", since)
                .param("until", until)
                .query((row, number) -> new StockDay(
                        row.getObject("day", LocalDate.class),
                        row.getLong("received_units"),
                        row.getLong("returned_units"),
                        row.getLong("reserved_units"),
                        row.getLong("released_units"),
                        row.getLong("sold_units"),
                        row.getLong("adjusted_units")))
                .list());
    }
}
