package org.cartulary.catalog;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** Writes lines of imports, many with one statement. */
final class LineStore {

    private LineStore() {}

    /**
     * What became of a line.
     *
     * @param ordinal its place in the batch, from 0
     * @param productId {@code null} where it was not written
     * @param outcome created, updated, unchanged, or what it names that is not there, as in {@code unknown-brand}
     */
    record Written(int ordinal, @Nullable UUID productId, String outcome) {}

    /**
     * Writes the lines of a JSON array, each with its {@code ordinal}.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if the records cannot have one of them
     */
    static List<Written> write(Transaction tx, String batch) {
        return tx.jdbc()
                .sql("SELECT ordinal, product_id, outcome FROM import_products(:batch)")
                .param("batch", Sql.json(batch))
                .query((row, number) -> new Written(
                        row.getInt("ordinal"), row.getObject("product_id", UUID.class), row.getString("outcome")))
                .list();
    }

    /**
     * Checks what would be checked at the commit, where it would refuse more than the lines at fault.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if the records cannot have what was written
     */
    static void checkAtOnce(Transaction tx) {
        tx.jdbc().sql("SET CONSTRAINTS ALL IMMEDIATE").update();
        tx.jdbc().sql("SET CONSTRAINTS ALL DEFERRED").update();
    }
}
