package org.cartulary.order;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.contracts.order.CreateOrderResult.Violation;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlValue;
import tools.jackson.databind.json.JsonMapper;

/** Writes orders, each change as one call of a function of the database. Thread-safe. */
final class OrderStore {

    private final JsonMapper json;

    OrderStore(JsonMapper json) {
        this.json = json;
    }

    /**
     * What a call of {@code create_order} led to.
     *
     * @param result {@code null} if the call is to be repeated with another number
     * @param isNew whether this very call created the order
     */
    record Creation(@Nullable CreateOrderResult result, boolean isNew) {}

    /** An order after a confirmation, or the attempt of one. */
    record Confirmation(
            boolean wasChanged,
            boolean isConfirmed,
            String status,
            long version,
            String orderNumber,
            @Nullable UUID customerId,
            Money total) {}

    /** An order after a cancellation, or the attempt of one. */
    record Cancellation(
            boolean wasChanged,
            String status,
            long version,
            String orderNumber,
            @Nullable UUID customerId) {}

    private record AddressRow(UUID id, String address_type, Address address) {}

    Creation create(Transaction tx, CreateOrder command, String orderNumber) {
        List<OrderLine> lines = command.lines();
        return tx.jdbc()
                .sql("""
                        SELECT outcome, number, placed, other_order_id, violations::text AS violations
                        FROM create_order(:tenantId, :orderId, :orderNumber, :customerId::uuid, :guestId::uuid, :email,
                            :currency, :subtotal, :tax, :shipping, :discount, :total,
                            :shippingMethodId::uuid, :shippingMethodName, :couponCode, :placedAt::timestamptz, :externalReference,
                            :minimumTotal, :maximumTotal, :maximumLines, :maximumPendingOrders, :addresses,
                            :lineIds, :productIds, :skus, :names, :imageUrls, :quantities,
                            :unitPrices, :discounts, :taxes, :totals, :unpaidMinutes)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", command.orderId())
                .param("orderNumber", orderNumber)
                .param("customerId", command.customerId())
                .param("guestId", command.guestId())
                .param("email", command.email())
                .param("currency", command.total().currencyCode())
                .param("subtotal", command.subtotal().amount())
                .param("tax", command.tax().amount())
                .param("shipping", command.shipping().amount())
                .param("discount", command.discount().amount())
                .param("total", command.total().amount())
                .param("shippingMethodId", command.shippingMethodId())
                .param("shippingMethodName", command.shippingMethodName())
                .param("couponCode", command.couponCode())
                .param("placedAt", command.placedAt() == null ? null : Sql.timestamp(command.placedAt()))
                .param("externalReference", command.externalReference())
                .param("minimumTotal", command.rules().minimumTotal())
                .param("maximumTotal", command.rules().maximumTotal())
                .param("maximumLines", command.rules().maximumLines())
                .param("maximumPendingOrders", command.rules().maximumPendingOrders())
                .param("addresses", addresses(command))
                .param("lineIds", Sql.uuidArray(lines, line -> Ids.next()))
                .param("productIds", Sql.uuidArray(lines, OrderLine::productId))
                .param("skus", Sql.textArray(lines, OrderLine::sku))
                .param("names", Sql.textArray(lines, OrderLine::name))
                .param("imageUrls", Sql.textArray(imageUrls(lines)))
                .param("quantities", Sql.intArray(lines, OrderLine::quantity))
                .param("unitPrices", amounts(lines, OrderLine::unitPrice))
                .param("discounts", amounts(lines, OrderLine::discount))
                .param("taxes", amounts(lines, OrderLine::tax))
                .param("totals", amounts(lines, OrderLine::total))
                .param("unpaidMinutes", command.rules().unpaidMinutes())
                .query((row, number) -> creation(row))
                .single();
    }

    Optional<Confirmation> confirm(Transaction tx, ConfirmOrder command) {
        return tx.jdbc()
                .sql("SELECT * FROM confirm_order(:tenantId, :orderId, :paymentId, :paymentMethod)")
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", command.orderId())
                .param("paymentId", command.paymentId())
                .param("paymentMethod", command.paymentMethod())
                .query((row, number) -> new Confirmation(
                        row.getBoolean("was_changed"),
                        row.getBoolean("is_confirmed"),
                        row.getString("status"),
                        row.getLong("version"),
                        row.getString("order_number"),
                        row.getObject("customer_id", UUID.class),
                        money(row, "total_amount")))
                .optional();
    }

    Optional<Cancellation> cancel(Transaction tx, CancelOrder command) {
        return tx.jdbc()
                .sql("SELECT * FROM cancel_order(:tenantId, :orderId, :reason)")
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", command.orderId())
                .param("reason", command.reason())
                .query((row, number) -> cancellation(row))
                .optional();
    }

    static Cancellation cancellation(ResultSet row) throws SQLException {
        return new Cancellation(
                row.getBoolean("was_changed"),
                row.getString("status"),
                row.getLong("version"),
                row.getString("order_number"),
                row.getObject("customer_id", UUID.class));
    }

    static Money money(ResultSet row, String column) throws SQLException {
        return Money.of(row.getBigDecimal(column), Money.currencyOf(row.getString("currency")));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private Creation creation(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "CREATED" -> new Creation(created(row), true);
            case "EXISTS" -> new Creation(created(row), false);
            case "REFUSED" ->
                new Creation(
                        new CreateOrderResult.Refused(
                                Arrays.asList(json.readValue(row.getString("violations"), Violation[].class))),
                        false);
            case "DUPLICATE_REFERENCE" ->
                new Creation(
                        new CreateOrderResult.DuplicateReference(row.getObject("other_order_id", UUID.class)), false);
            case "ALREADY_CANCELLED" -> new Creation(new CreateOrderResult.AlreadyCancelled(), false);
            case "CONFLICT" -> new Creation(null, false);
            default -> throw new IllegalStateException("create_order answered " + outcome);
        };
    }

    private static CreateOrderResult created(ResultSet row) throws SQLException {
        return new CreateOrderResult.Created(row.getString("number"), instant(row, "placed"));
    }

    private SqlValue addresses(CreateOrder command) {
        List<AddressRow> rows = List.of(
                new AddressRow(Ids.next(), "shipping", command.shippingAddress()),
                new AddressRow(Ids.next(), "billing", command.billingAddress()));
        return Sql.json(Objects.requireNonNull(json.writeValueAsString(rows)));
    }

    private static List<@Nullable String> imageUrls(List<OrderLine> lines) {
        return lines.stream().<@Nullable String>map(OrderLine::imageUrl).toList();
    }

    private static SqlValue amounts(List<OrderLine> lines, Function<OrderLine, Money> amount) {
        List<BigDecimal> amounts = lines.stream().map(amount).map(Money::amount).toList();
        return Sql.numericArray(amounts);
    }
}
