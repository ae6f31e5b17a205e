package org.cartulary.promotion;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Reads promotions from rows. */
final class OfferRows {

    /** All that {@link #offer} and {@link #view} read. */
    static final String SELECT = """
            SELECT p.*, c.total_limit, c.uses
            FROM promotions p
            JOIN promotion_counters c ON c.tenant_id = p.tenant_id AND c.promotion_id = p.id
            WHERE p.tenant_id = :tenant
            """;

    private OfferRows() {}

    static Offer offer(ResultSet row, int number) throws SQLException {
        return new Offer(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("code"),
                row.getString("status"),
                benefit(row),
                new Offer.Conditions(
                        row.getString("currency"),
                        money(row, "minimum_subtotal"),
                        Set.copyOf(ids(row, "product_ids")),
                        Set.copyOf(ids(row, "category_ids")),
                        row.getBoolean("first_order_only"),
                        Set.copyOf(ids(row, "group_ids")),
                        instant(row, "starts_at"),
                        instant(row, "ends_at")),
                row.getBoolean("is_exclusive"),
                row.getInt("priority"),
                new Offer.Limits(row.getObject("total_limit") != null, row.getObject("customer_limit", Integer.class)));
    }

    static PromotionView view(ResultSet row, int number) throws SQLException {
        return new PromotionView(
                row.getObject("id", UUID.class),
                row.getString("status"),
                row.getString("name"),
                row.getString("code"),
                PromotionDraft.Kind.valueOf(row.getString("kind")),
                row.getObject("basis_points", Integer.class),
                money(row, "amount"),
                row.getObject("buy_quantity", Integer.class),
                row.getObject("get_quantity", Integer.class),
                money(row, "maximum_discount"),
                money(row, "minimum_subtotal"),
                ids(row, "product_ids"),
                ids(row, "category_ids"),
                row.getBoolean("first_order_only"),
                ids(row, "group_ids"),
                instant(row, "starts_at"),
                instant(row, "ends_at"),
                row.getBoolean("is_exclusive"),
                row.getInt("priority"),
                row.getObject("total_limit", Integer.class),
                row.getObject("customer_limit", Integer.class),
                row.getInt("uses"),
                row.getLong("version"));
    }

    private static Benefit benefit(ResultSet row) throws SQLException {
        Money maximum = money(row, "maximum_discount");
        return switch (PromotionDraft.Kind.valueOf(row.getString("kind"))) {
            case PERCENTAGE -> new Benefit.Percentage(row.getInt("basis_points"), maximum);
            case FIXED_AMOUNT ->
                new Benefit.FixedAmount(
                        Money.of(row.getBigDecimal("amount"), Money.currencyOf(row.getString("currency"))));
            case FREE_SHIPPING -> new Benefit.FreeShipping();
            case BUY_X_GET_Y ->
                new Benefit.BuyXGetY(
                        row.getInt("buy_quantity"), row.getInt("get_quantity"), row.getInt("basis_points"), maximum);
        };
    }

    private static @Nullable Money money(ResultSet row, String column) throws SQLException {
        BigDecimal amount = row.getBigDecimal(column);
        return amount == null ? null : Money.of(amount, Money.currencyOf(row.getString("currency")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static List<UUID> ids(ResultSet row, String column) throws SQLException {
        return Arrays.asList((UUID[]) row.getArray(column).getArray());
    }
}
