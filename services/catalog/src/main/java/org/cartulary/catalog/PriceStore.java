package org.cartulary.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Prices for a time and in other currencies, and what the database has told of all prices. Thread-safe. */
final class PriceStore {

    /** Two ranges of two indexes, however many prices there are. */
    static final String TIMES = """
            SELECT starts_at AS at FROM product_prices
            WHERE tenant_id = :tenant AND starts_at > :after AND starts_at <= :until
            UNION
            SELECT ends_at FROM product_prices
            WHERE tenant_id = :tenant AND ends_at > :after AND ends_at <= :until
            """;

    private final Database database;

    PriceStore(Database database) {
        this.database = database;
    }

    /** Where a price stands in the history. */
    record Place(Instant effectiveFrom, long id) {}

    /** What became of new prices. */
    enum Outcome {
        CHANGED,
        STALE,
        MISSING
    }

    /**
     * Replaces the prices of the product and its variants, if the product still has that version.
     *
     * @throws ProblemException {@code unknown-variant} if it does not have all of the variants
     * @throws org.springframework.dao.DataIntegrityViolationException if the times of two prices overlap
     */
    Outcome set(UUID productId, long expectedVersion, List<PriceDraft> prices) {
        return database.inTransaction(tx -> {
            Outcome outcome = raiseVersion(tx, productId, expectedVersion);
            if (outcome == Outcome.CHANGED) {
                if (!variantsExist(tx, productId, prices)) {
                    throw ProblemException.unprocessable(
                            "unknown-variant", "the product does not have all of these variants");
                }
                replace(tx, productId, prices);
                AuditLog.record(
                        tx,
                        AuditedAct.of("product.changed", "product", productId).with("prices", prices.size()));
            }
            return outcome;
        });
    }

    private static Outcome raiseVersion(Transaction tx, UUID productId, long expectedVersion) {
        boolean raised = tx.jdbc()
                        .sql("""
                                UPDATE products SET version = version + 1, updated_at = now()
                                WHERE tenant_id = :tenant AND id = :id AND version = :version AND deleted_at IS NULL
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", productId)
                        .param("version", expectedVersion)
                        .update()
                == 1;
        if (raised) {
            return Outcome.CHANGED;
        }
        boolean exists = tx.jdbc()
                .sql(
                        "SELECT EXISTS (SELECT FROM products WHERE tenant_id = :tenant AND id = :id AND deleted_at IS NULL)")
                .param("tenant", RequestContext.currentTenant())
                .param("id", productId)
                .query(Boolean.class)
                .single();
        return exists ? Outcome.STALE : Outcome.MISSING;
    }

    private static boolean variantsExist(Transaction tx, UUID productId, List<PriceDraft> prices) {
        List<UUID> variants = prices.stream()
                .map(PriceDraft::variantId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return variants.isEmpty()
                || tx.jdbc()
                                .sql("""
                                        SELECT count(*) FROM product_variants
                                        WHERE tenant_id = :tenant AND product_id = :product AND id = ANY (:variants)
                                            AND deleted_at IS NULL
                                        """)
                                .param("tenant", RequestContext.currentTenant())
                                .param("product", productId)
                                .param("variants", Sql.uuidArray(variants))
                                .query(Integer.class)
                                .single()
                        == variants.size();
    }

    private static void replace(Transaction tx, UUID productId, List<PriceDraft> prices) {
        tx.jdbc()
                .sql("DELETE FROM product_prices WHERE tenant_id = :tenant AND product_id = :product")
                .param("tenant", RequestContext.currentTenant())
                .param("product", productId)
                .update();
        if (prices.isEmpty()) {
            return;
        }
        tx.jdbc()
                .sql("""
                        INSERT INTO product_prices
                            (tenant_id, id, product_id, variant_id, currency, price, starts_at, ends_at)
                        SELECT :tenant, n.id, :product, n.variant_id, n.currency, n.price, n.starts_at, n.ends_at
                        FROM unnest(:ids, :variants, :currencies, :prices, :starts, :ends)
                            AS n(id, variant_id, currency, price, starts_at, ends_at)
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("product", productId)
                .param("ids", Sql.uuidArray(prices, price -> Ids.next()))
                .param("variants", Sql.uuidArray(prices, PriceDraft::variantId))
                .param(
                        "currencies",
                        Sql.textArray(prices, price -> price.price().currencyCode()))
                .param("prices", Sql.numericArray(prices, price -> price.price().amount()))
                .param("starts", Sql.timestampArray(prices, PriceDraft::startsAt))
                .param("ends", Sql.timestampArray(prices, PriceDraft::endsAt))
                .update();
    }

    /** The prices of the product and its variants besides their own; null where there is no such product. */
    @Nullable PricesView get(UUID productId) {
        return database.inReadTransaction(tx -> tx.jdbc()
                        .sql("""
                                SELECT version FROM products
                                WHERE tenant_id = :tenant AND id = :id AND deleted_at IS NULL
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", productId)
                        .query(Long.class)
                        .optional()
                        .map(version -> new PricesView(productId, prices(tx, productId), version)))
                .orElse(null);
    }

    private static List<PriceDraft> prices(Transaction tx, UUID productId) {
        return tx.jdbc()
                .sql("""
                        SELECT variant_id, currency, price, starts_at, ends_at FROM product_prices
                        WHERE tenant_id = :tenant AND product_id = :product
                        ORDER BY variant_id NULLS FIRST, currency, starts_at NULLS FIRST, ends_at
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("product", productId)
                .query((row, number) -> new PriceDraft(
                        row.getObject("variant_id", UUID.class),
                        Money.of(row.getBigDecimal("price"), Money.currencyOf(row.getString("currency"))),
                        instant(row, "starts_at"),
                        instant(row, "ends_at")))
                .list();
    }

    /** What was told of the product's prices, the newest first, before the place where one stands. */
    List<ToldPrice> history(UUID productId, @Nullable Place before, int limit) {
        return database.inReadTransaction(tx -> {
            var statement = tx.jdbc()
                    .sql("""
                            SELECT id, variant_id, currency, price, regular_price, effective_from FROM price_history
                            WHERE tenant_id = :tenant AND product_id = :product
                            """ + (before == null ? "" : "AND (effective_from, id) < (:from, :id)\n")
                            + "ORDER BY effective_from DESC, id DESC LIMIT :limit")
                    .param("tenant", RequestContext.currentTenant())
                    .param("product", productId)
                    .param("limit", limit);
            if (before != null) {
                statement = statement
                        .param("from", Sql.timestamp(before.effectiveFrom()))
                        .param("id", before.id());
            }
            return statement.query((row, number) -> told(row)).list();
        });
    }

    private static ToldPrice told(ResultSet row) throws SQLException {
        Currency currency = Money.currencyOf(row.getString("currency"));
        return new ToldPrice(
                row.getObject("variant_id", UUID.class),
                currency.getCurrencyCode(),
                ProductStore.money(row, "price", currency),
                ProductStore.money(row, "regular_price", currency),
                row.getObject("effective_from", OffsetDateTime.class).toInstant(),
                row.getLong("id"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** When prices of the shop begin or end, after the first and up to the second time. */
    List<Instant> times(Instant after, Instant until) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(TIMES)
                .param("tenant", RequestContext.currentTenant())
                .param("after", Sql.timestamp(after))
                .param("until", Sql.timestamp(until))
                .query((row, number) ->
                        row.getObject("at", OffsetDateTime.class).toInstant())
                .list());
    }
}
