package org.cartulary.promotion;

import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The SQL of promotions as staff sees and changes them. */
final class PromotionStore {

    /** Whether it was created, as a draft; if not, another promotion has the code. */
    boolean insert(Transaction tx, UUID id, PromotionDraft draft) {
        return described(tx, """
                        WITH made AS (
                            INSERT INTO promotions (
                                tenant_id, id, name, code, kind, basis_points, amount, buy_quantity, get_quantity,
                                maximum_discount, minimum_subtotal, currency, product_ids, category_ids, first_order_only,
                                group_ids, starts_at, ends_at, is_exclusive, priority, customer_limit)
                            VALUES (
                                :tenant, :id, :name, :code, :kind, :basisPoints, :amount, :buyQuantity, :getQuantity,
                                :maximumDiscount, :minimumSubtotal, :currency, :productIds, :categoryIds, :firstOrderOnly,
                                :groupIds, :startsAt, :endsAt, :isExclusive, :priority, :customerLimit)
                            ON CONFLICT (tenant_id, code) WHERE status <> 'ENDED' AND code IS NOT NULL DO NOTHING
                            RETURNING tenant_id, id
                        )
                        INSERT INTO promotion_counters (tenant_id, promotion_id, total_limit)
                        SELECT made.tenant_id, made.id, :totalLimit FROM made
                        """, draft)
                        .param("id", id)
                        .param("totalLimit", draft.totalLimit(), Types.INTEGER)
                        .update()
                == 1;
    }

    /** Nobody claims, gives back, changes or ends the promotion until the end of the transaction. */
    void lock(Transaction tx, UUID id) {
        tx.jdbc()
                .sql("""
                        SELECT uses FROM promotion_counters
                        WHERE tenant_id = :tenant AND promotion_id = :id
                        FOR NO KEY UPDATE
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .query(Integer.class)
                .optional();
    }

    /** Whether it had this version and has not ended, and now is what the draft says, but for its limit. */
    boolean update(Transaction tx, UUID id, long version, PromotionDraft draft) {
        return described(tx, """
                        UPDATE promotions
                        SET name = :name, code = :code, kind = :kind, basis_points = :basisPoints, amount = :amount,
                            buy_quantity = :buyQuantity, get_quantity = :getQuantity,
                            maximum_discount = :maximumDiscount, minimum_subtotal = :minimumSubtotal,
                            currency = :currency, product_ids = :productIds, category_ids = :categoryIds,
                            first_order_only = :firstOrderOnly, group_ids = :groupIds, starts_at = :startsAt, ends_at = :endsAt,
                            is_exclusive = :isExclusive, priority = :priority, customer_limit = :customerLimit,
                            version = version + 1, updated_at = now()
                        WHERE tenant_id = :tenant AND id = :id AND version = :version AND status <> 'ENDED'
                        """, draft)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** Whether it may be used so often from now on; if not, it is used more often already. */
    boolean limit(Transaction tx, UUID id, @Nullable Integer totalLimit) {
        return tx.jdbc()
                        .sql("""
                        UPDATE promotion_counters SET total_limit = :totalLimit
                        WHERE tenant_id = :tenant AND promotion_id = :id
                          AND (cast(:totalLimit AS integer) IS NULL OR uses <= :totalLimit)
                        """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .param("totalLimit", totalLimit, Types.INTEGER)
                        .update()
                == 1;
    }

    /** Whether it was in one of the states, and now is in the other one. */
    boolean turn(Transaction tx, UUID id, List<String> from, String to) {
        return tx.jdbc()
                        .sql("""
                        UPDATE promotions SET status = :to, version = version + 1, updated_at = now()
                        WHERE tenant_id = :tenant AND id = :id AND status = ANY (:from)
                        """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .param("from", Sql.textArray(from))
                        .param("to", to)
                        .update()
                == 1;
    }

    Optional<PromotionView> find(Transaction tx, UUID id) {
        return tx.jdbc()
                .sql(OfferRows.SELECT + "AND p.id = :id")
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .query(OfferRows::view)
                .optional();
    }

    /** Those before the id, the newest first, at most that many. */
    List<PromotionView> list(Transaction tx, @Nullable UUID before, int limit) {
        return tx.jdbc()
                .sql(OfferRows.SELECT + """
                        AND (cast(:before AS uuid) IS NULL OR p.id < :before)
                        ORDER BY p.id DESC
                        LIMIT :limit
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .query(OfferRows::view)
                .list();
    }

    /** What the uses of a promotion come to in each currency. */
    List<PromotionUsage.Amount> amounts(Transaction tx, UUID id) {
        return tx.jdbc()
                .sql("""
                        SELECT u.currency, count(*) FILTER (WHERE c.status = 'CLAIMED') AS uses,
                               count(*) FILTER (WHERE c.status = 'RELEASED') AS released,
                               coalesce(sum(u.amount) FILTER (WHERE c.status = 'CLAIMED'), 0) AS amount
                        FROM coupon_usage u
                        JOIN promotion_claims c ON c.tenant_id = u.tenant_id AND c.order_id = u.order_id
                        WHERE u.tenant_id = :tenant AND u.promotion_id = :id
                        GROUP BY u.currency
                        ORDER BY u.currency
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .query((row, number) -> new PromotionUsage.Amount(
                        row.getString("currency"),
                        row.getLong("uses"),
                        row.getLong("released"),
                        row.getBigDecimal("amount").toPlainString()))
                .list();
    }

    private static StatementSpec described(Transaction tx, String sql, PromotionDraft draft) {
        return tx.jdbc()
                .sql(sql)
                .param("tenant", RequestContext.currentTenant())
                .param("name", draft.name().strip())
                .param("code", draft.code() == null ? null : QuotingPromotions.canonical(draft.code()), Types.VARCHAR)
                .param("kind", draft.kind().name())
                .param("basisPoints", draft.basisPoints(), Types.INTEGER)
                .param("amount", amount(draft.amount()), Types.NUMERIC)
                .param("buyQuantity", draft.buyQuantity(), Types.INTEGER)
                .param("getQuantity", draft.getQuantity(), Types.INTEGER)
                .param("maximumDiscount", amount(draft.maximumDiscount()), Types.NUMERIC)
                .param("minimumSubtotal", amount(draft.minimumSubtotal()), Types.NUMERIC)
                .param("currency", draft.currency(), Types.VARCHAR)
                .param("productIds", Sql.uuidArray(orNone(draft.productIds())))
                .param("categoryIds", Sql.uuidArray(orNone(draft.categoryIds())))
                .param("firstOrderOnly", draft.asksForFirstOrder())
                .param("groupIds", Sql.uuidArray(orNone(draft.groupIds())))
                .param(
                        "startsAt",
                        draft.startsAt() == null ? null : Sql.timestamp(draft.startsAt()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param(
                        "endsAt",
                        draft.endsAt() == null ? null : Sql.timestamp(draft.endsAt()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("isExclusive", draft.appliesAlone())
                .param("priority", draft.priority() == null ? 0 : draft.priority())
                .param("customerLimit", draft.customerLimit(), Types.INTEGER);
    }

    private static @Nullable Object amount(@Nullable Money money) {
        return money == null ? null : money.amount();
    }

    private static List<UUID> orNone(@Nullable List<UUID> ids) {
        return ids == null ? List.of() : ids.stream().distinct().sorted().toList();
    }
}
