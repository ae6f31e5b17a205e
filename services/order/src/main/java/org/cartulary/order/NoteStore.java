package org.cartulary.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** Writes notes on orders, each by one call of a function of the database. Thread-safe. */
final class NoteStore {

    /** An order has at most so many notes. */
    static final int MAX_NOTES = 500;

    /** What came of the attempt to write a note. */
    sealed interface Writing {

        /** It is kept. */
        record Written(Instant createdAt) implements Writing {}

        /** The buyer was forgotten: nothing more is written about them. */
        record BuyerErased() implements Writing {}

        /** The order has as many as it may have. */
        record TooMany() implements Writing {}
    }

    /**
     * Writes a note; empty if there is no such order.
     *
     * @param sealed the text, {@code null} where the buyer was forgotten before it was sealed
     */
    Optional<Writing> write(
            Transaction tx, UUID orderId, UUID noteId, @Nullable String sealed, boolean visibleToCustomer) {
        return tx.jdbc()
                .sql("SELECT * FROM add_order_note(:tenantId, :orderId, :noteId, :sealed, :visibleToCustomer, :most)")
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("noteId", noteId)
                .param("sealed", sealed)
                .param("visibleToCustomer", visibleToCustomer)
                .param("most", MAX_NOTES)
                .query((row, number) -> writing(row))
                .optional();
    }

    private static Writing writing(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "WRITTEN" -> new Writing.Written(OrderStore.instant(row, "created_at"));
            case "ERASED" -> new Writing.BuyerErased();
            case "TOO_MANY" -> new Writing.TooMany();
            default -> throw new IllegalStateException("add_order_note answered " + outcome);
        };
    }
}
