package org.cartulary.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reviews of products. Thread-safe. */
final class ReviewStore {

    private static final String OF_ID = "SELECT r.* FROM product_reviews r WHERE r.tenant_id = :tenant AND r.id = :id";

    private static final String DECIDED = """
            UPDATE product_reviews SET status = :status, rejection_reason = :reason::text, moderated_at = now(),
                verified_purchase = verified_purchase OR :bought, version = version + 1, updated_at = now()
            WHERE tenant_id = :tenant AND id = :id AND version = :version AND status <> :status
            RETURNING *
            """;

    private final Database database;

    ReviewStore(Database database) {
        this.database = database;
    }

    /** A product that is for sale, and the ids under which it was ever sold. */
    record Reviewed(UUID productId, List<UUID> soldIds) {}

    /** A place in an order: the sort key as text, and the review. */
    record Position(String key, UUID id) {}

    /** The product with this id that is for sale, or with this slug where there is no id. */
    Optional<Reviewed> forSale(@Nullable UUID id, String slug) {
        return reviewed(
                id == null ? "p.slug = :key AND p.status = 'active'" : "p.id = :key AND p.status = 'active'",
                id == null ? slug : id);
    }

    /** The product with this id, whether it is for sale or not. */
    Optional<Reviewed> product(UUID id) {
        return reviewed("p.id = :key", id);
    }

    private Optional<Reviewed> reviewed(String condition, Object key) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT p.id, p.id || ARRAY(
                            SELECT v.id FROM product_variants v
                            WHERE v.tenant_id = p.tenant_id AND v.product_id = p.id) AS sold_ids
                        FROM products p
                        WHERE p.tenant_id = :tenant AND p.deleted_at IS NULL AND
                        """ + condition)
                .param("tenant", RequestContext.currentTenant())
                .param("key", key)
                .query((row, number) -> new Reviewed(row.getObject("id", UUID.class), Arrays.asList((UUID[])
                        row.getArray("sold_ids").getArray())))
                .optional());
    }

    /** Writes a new review, to be decided on; empty where the customer has written one of this product. */
    Optional<StoredReview> insert(
            Transaction tx, UUID id, UUID productId, UUID customerId, int rating, String wordsSealed, boolean bought) {
        return tx.jdbc()
                .sql("""
                        INSERT INTO product_reviews
                            (tenant_id, id, product_id, customer_id, rating, words_sealed, verified_purchase)
                        VALUES (:tenant, :id, :product, :customer, :rating, :words, :bought)
                        ON CONFLICT (tenant_id, product_id, customer_id) DO NOTHING
                        RETURNING *
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .param("product", productId)
                .param("customer", customerId)
                .param("rating", rating)
                .param("words", wordsSealed)
                .param("bought", bought)
                .query((row, number) -> review(row))
                .optional();
    }

    /** Replaces what its author has said, which is to be decided on anew; empty where it is not of this version any more. */
    Optional<StoredReview> change(
            Transaction tx, UUID id, long version, int rating, String wordsSealed, boolean bought) {
        return tx.jdbc()
                .sql("""
                        UPDATE product_reviews SET rating = :rating, words_sealed = :words, status = 'PENDING',
                            rejection_reason = NULL, moderated_at = NULL,
                            verified_purchase = verified_purchase OR :bought, version = version + 1, updated_at = now()
                        WHERE tenant_id = :tenant AND id = :id AND version = :version AND customer_id IS NOT NULL
                        RETURNING *
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .param("version", version)
                .param("rating", rating)
                .param("words", wordsSealed)
                .param("bought", bought)
                .query((row, number) -> review(row))
                .optional();
    }

    /** Deletes a review for good; false where the caller sees none. */
    boolean delete(UUID id) {
        return database.inTransaction(tx -> tx.jdbc()
                        .sql("DELETE FROM product_reviews WHERE tenant_id = :tenant AND id = :id")
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .update()
                == 1);
    }

    /** Decides on the review; empty where it is not of this version any more, or this was decided before. */
    Optional<StoredReview> decide(
            Transaction tx, UUID id, long version, String status, @Nullable String reason, boolean bought) {
        return tx.jdbc()
                .sql(DECIDED)
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .param("version", version)
                .param("status", status)
                .param("reason", reason)
                .param("bought", bought)
                .query((row, number) -> review(row))
                .optional();
    }

    /** The review, if the caller sees it: a customer sees none of others here. */
    Optional<StoredReview> find(UUID id) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(OF_ID)
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .query((row, number) -> review(row))
                .optional());
    }

    /** The reviews of a customer after the id, in the order in which they were written. */
    List<StoredReview> ofCustomer(UUID customerId, @Nullable UUID after, int limit) {
        return list("r.customer_id = :key", customerId, after, limit);
    }

    /** The reviews in this state after the id, those first that were written first. */
    List<StoredReview> inStatus(String status, @Nullable UUID after, int limit) {
        return list("r.status = :key", status, after, limit);
    }

    private List<StoredReview> list(String condition, Object key, @Nullable UUID after, int limit) {
        return database.inReadTransaction(tx -> {
            JdbcClient.StatementSpec statement = tx.jdbc()
                    .sql("SELECT r.* FROM product_reviews r WHERE r.tenant_id = :tenant AND " + condition
                            + (after == null ? "" : " AND r.id > :after") + " ORDER BY r.id LIMIT :limit")
                    .param("tenant", RequestContext.currentTenant())
                    .param("key", key)
                    .param("limit", limit);
            return (after == null ? statement : statement.param("after", after))
                    .query((row, number) -> review(row))
                    .list();
        });
    }

    /** The approved reviews of a product after the position, in the order. */
    List<StoredReview> approved(UUID productId, ReviewOrder order, @Nullable Position after, int limit) {
        return database.inReadTransaction(tx -> {
            JdbcClient.StatementSpec statement = tx.jdbc()
                    .sql("SELECT r.* FROM product_reviews r WHERE r.tenant_id = :tenant AND r.product_id = :product"
                            + " AND r.status = 'APPROVED'" + (after == null ? "" : " AND " + order.after())
                            + " ORDER BY " + order.orderBy() + " LIMIT :limit")
                    .param("tenant", RequestContext.currentTenant())
                    .param("product", productId)
                    .param("limit", limit);
            return (after == null
                            ? statement
                            : statement.param("afterKey", after.key()).param("afterId", after.id()))
                    .query((row, number) -> review(row))
                    .list();
        });
    }

    /**
     * Forgets who wrote a customer's reviews: of approved ones the rating stays, so that averages do not move; the others go.
     *
     * @return how many reviews there were
     */
    int forget(Transaction tx, UUID customerId) {
        // Locked first: one that is approved meanwhile would else be deleted.
        tx.jdbc()
                .sql("SELECT id FROM product_reviews WHERE tenant_id = :tenant AND customer_id = :customer"
                        + " ORDER BY id FOR UPDATE")
                .param("tenant", RequestContext.currentTenant())
                .param("customer", customerId)
                .query(UUID.class)
                .list();
        return tx.jdbc()
                        .sql("""
                                UPDATE product_reviews SET customer_id = NULL, words_sealed = NULL, version = version + 1,
                                    updated_at = now()
                                WHERE tenant_id = :tenant AND customer_id = :customer AND status = 'APPROVED'
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("customer", customerId)
                        .update()
                + tx.jdbc()
                        .sql("DELETE FROM product_reviews WHERE tenant_id = :tenant AND customer_id = :customer")
                        .param("tenant", RequestContext.currentTenant())
                        .param("customer", customerId)
                        .update();
    }

    private static StoredReview review(ResultSet row) throws SQLException {
        return new StoredReview(
                row.getObject("id", UUID.class),
                row.getObject("product_id", UUID.class),
                row.getObject("customer_id", UUID.class),
                row.getInt("rating"),
                row.getString("words_sealed"),
                row.getBoolean("verified_purchase"),
                row.getString("status"),
                row.getString("rejection_reason"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                row.getLong("version"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
