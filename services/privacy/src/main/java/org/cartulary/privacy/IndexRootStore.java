package org.cartulary.privacy;

import java.util.Optional;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.privacy.WrappedIndexRoot;

/** The SQL of the root of the blind indexes. Only a worker reaches it. */
final class IndexRootStore {

    /** The root as it is kept. */
    record Kept(WrappedIndexRoot root, String secretId) {}

    Optional<Kept> find(Transaction tx) {
        return tx.jdbc()
                .sql("SELECT wrapped_key, secret_id FROM index_root")
                .query((row, number) ->
                        new Kept(new WrappedIndexRoot(row.getString("wrapped_key")), row.getString("secret_id")))
                .optional();
    }

    /** Keeps it unless there is one. */
    void insert(Transaction tx, WrappedIndexRoot root, String secretId) {
        tx.jdbc()
                .sql("""
                        INSERT INTO index_root (wrapped_key, secret_id) VALUES (:wrappedKey, :secretId)
                        ON CONFLICT (only_row) DO NOTHING
                        """)
                .param("wrappedKey", root.wrappedKey())
                .param("secretId", secretId)
                .update();
    }

    /** Whether this transaction has it wrapped anew: nobody else has meanwhile. */
    boolean rewrap(Transaction tx, Kept old, WrappedIndexRoot root, String secretId) {
        return tx.jdbc()
                        .sql("""
                                UPDATE index_root SET wrapped_key = :wrappedKey, secret_id = :secretId
                                WHERE wrapped_key = :old
                                """)
                        .param("wrappedKey", root.wrappedKey())
                        .param("secretId", secretId)
                        .param("old", old.root().wrappedKey())
                        .update()
                == 1;
    }
}
