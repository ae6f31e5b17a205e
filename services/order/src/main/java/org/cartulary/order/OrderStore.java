package org.cartulary.order;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.cartulary.contracts.catalog.VendorShare;
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
import org.cartulary.platform.privacy.Subject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlValue;
import tools.jackson.databind.json.JsonMapper;

/** Writes orders, each change as one call of a function of the database. Thread-safe. */
final class OrderStore {

    private static final int WHOLE_IN_BASIS_POINTS = 10_000;

    private final JsonMapper json;

    OrderStore(JsonMapper json) {
        this.json = json;
    }

    /** An order that is to be created, under a number that may be taken already. */
    record NewOrder(SealedOrder order, String number) {}

    /**
     * What an order led to that was to be created.
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

    /**
     * An order after a cancellation, or the attempt of one.
     *
     * @param hasDiscount whether promotions take something off, whose uses have to be given back
     */
    record Cancellation(
            boolean wasChanged,
            String status,
            long version,
            String orderNumber,
            @Nullable UUID customerId,
            boolean hasDiscount) {}

    private record AddressRow(int call, UUID id, String address_type, String country, String address_sealed) {}

    /** Has the database decide on the orders, as if one after another, by one call of it; answers in the same order. */
    List<Creation> create(Transaction tx, List<NewOrder> orders) {
        List<SealedOrder> sealed = orders.stream().map(NewOrder::order).toList();
        List<CreateOrder> commands = sealed.stream().map(SealedOrder::command).toList();
        List<OrderLine> lines =
                commands.stream().flatMap(command -> command.lines().stream()).toList();
        // Where nothing is sold for vendors, nothing is said of them.
        List<OrderLine> ofVendors = lines.stream().allMatch(line -> line.vendor() == null) ? List.of() : lines;
        return tx.jdbc()
                .sql("""
                        SELECT c.outcome, c.number, c.placed, c.other_order_id, c.violations::text AS violations
                        FROM create_orders(:tenantId, :orderIds, :orderNumbers, :customerIds, :guestIds, :subjectIds, :emailsSealed, :currencies,
                            :subtotals, :taxes, :shippings, :discounts, :totals, :shippingMethodIds, :shippingMethodNames,
                            :couponCodes, :placedAts, :externalReferences, :unpaidMinutes, :minimumTotals, :maximumTotals,
                            :maximumLines, :maximumPendingOrders, :addresses, :lineCalls, :lineIds, :productIds, :skus, :names,
                            :imageUrls, :quantities, :unitPrices, :lineDiscounts, :lineTaxes, :lineTotals, :vendorIds,
                            :commissionRates, :commissions, :includedTaxes, :lineIncludedTaxes, :adjustments) c
                        ORDER BY c.call
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderIds", Sql.uuidArray(commands, CreateOrder::orderId))
                .param("orderNumbers", Sql.textArray(orders, NewOrder::number))
                .param("customerIds", Sql.uuidArray(commands, CreateOrder::customerId))
                .param("guestIds", Sql.uuidArray(commands, CreateOrder::guestId))
                .param("subjectIds", Sql.uuidArray(sealed, SealedOrder::subjectId))
                .param("emailsSealed", Sql.textArray(sealed, SealedOrder::emailSealed))
                .param(
                        "currencies",
                        Sql.textArray(commands, command -> command.total().currencyCode()))
                .param("subtotals", amounts(commands, CreateOrder::subtotal))
                .param("taxes", amounts(commands, CreateOrder::tax))
                .param("shippings", amounts(commands, CreateOrder::shipping))
                .param("discounts", amounts(commands, CreateOrder::discount))
                .param("totals", amounts(commands, CreateOrder::total))
                .param("shippingMethodIds", Sql.uuidArray(commands, CreateOrder::shippingMethodId))
                .param("shippingMethodNames", Sql.textArray(commands, CreateOrder::shippingMethodName))
                .param("couponCodes", Sql.textArray(commands, CreateOrder::couponCode))
                .param("placedAts", Sql.timestampArray(commands, CreateOrder::placedAt))
                .param("externalReferences", Sql.textArray(commands, CreateOrder::externalReference))
                .param(
                        "minimumTotals",
                        Sql.numericArray(commands, command -> command.rules().minimumTotal()))
                .param(
                        "maximumTotals",
                        Sql.numericArray(commands, command -> command.rules().maximumTotal()))
                .param(
                        "maximumLines",
                        Sql.intArray(commands, command -> command.rules().maximumLines()))
                .param(
                        "maximumPendingOrders",
                        Sql.intArray(commands, command -> command.rules().maximumPendingOrders()))
                .param(
                        "unpaidMinutes",
                        Sql.intArray(commands, command -> command.rules().unpaidMinutes()))
                .param("addresses", Sql.json(addresses(sealed)))
                .param("lineCalls", Sql.intArray(lineCalls(commands)))
                .param("lineIds", Sql.uuidArray(lines, line -> Ids.next()))
                .param("productIds", Sql.uuidArray(lines, OrderLine::productId))
                .param("skus", Sql.textArray(lines, OrderLine::sku))
                .param("names", Sql.textArray(lines, OrderLine::name))
                .param("imageUrls", Sql.textArray(lines, OrderLine::imageUrl))
                .param("quantities", Sql.intArray(lines, OrderLine::quantity))
                .param("unitPrices", amounts(lines, OrderLine::unitPrice))
                .param("lineDiscounts", amounts(lines, OrderLine::discount))
                .param("lineTaxes", amounts(lines, OrderLine::tax))
                .param("lineTotals", amounts(lines, OrderLine::total))
                .param("vendorIds", Sql.uuidArray(ofVendors, line -> vendor(line, VendorShare::vendorId)))
                .param(
                        "commissionRates",
                        Sql.intArray(ofVendors, line -> vendor(line, VendorShare::commissionBasisPoints)))
                .param("commissions", Sql.numericArray(ofVendors, OrderStore::commission))
                .param("includedTaxes", amounts(commands, CreateOrder::includedTax))
                .param("lineIncludedTaxes", amounts(lines, OrderLine::includedTax))
                .param(
                        "adjustments",
                        Sql.jsonArray(commands, command -> json.writeValueAsString(command.adjustments())))
                .query((row, number) -> creation(row))
                .list();
    }

    /**
     * Has the database decide on the confirmations, as if one after another, by one call of it; empty where there is no such
     * order.
     */
    List<Optional<Confirmation>> confirm(Transaction tx, List<ConfirmOrder> commands) {
        return tx.jdbc()
                .sql("""
                        SELECT * FROM confirm_orders(:tenantId, :orderIds, :paymentIds, :paymentMethods) c ORDER BY c.call
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderIds", Sql.uuidArray(commands, ConfirmOrder::orderId))
                .param("paymentIds", Sql.uuidArray(commands, ConfirmOrder::paymentId))
                .param("paymentMethods", Sql.textArray(commands, ConfirmOrder::paymentMethod))
                .query((row, number) -> confirmation(row))
                .list();
    }

    /** @param wordsSealed what the canceller wrote, sealed; not kept of an order whose buyer was forgotten */
    Optional<Cancellation> cancel(Transaction tx, CancelOrder command, @Nullable String wordsSealed) {
        return tx.jdbc()
                .sql("SELECT * FROM cancel_order(:tenantId, :orderId, :reason, :wordsSealed)")
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", command.orderId())
                .param("reason", command.reason())
                .param("wordsSealed", wordsSealed)
                .query((row, number) -> cancellation(row))
                .optional();
    }

    /** By whose key the order is sealed; empty if there is no such order, or its buyer was forgotten. */
    static Optional<Subject> buyer(Transaction tx, UUID orderId) {
        return tx.jdbc()
                .sql("""
                        SELECT subject_id, customer_id IS NULL AS is_guest
                        FROM orders
                        WHERE tenant_id = :tenantId AND id = :orderId AND erased_at IS NULL
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .query((row, number) -> new Subject(
                        row.getObject("subject_id", UUID.class),
                        row.getBoolean("is_guest") ? Subject.Kind.GUEST : Subject.Kind.ACCOUNT))
                .optional();
    }

    static Cancellation cancellation(ResultSet row) throws SQLException {
        return new Cancellation(
                row.getBoolean("was_changed"),
                row.getString("status"),
                row.getLong("version"),
                row.getString("order_number"),
                row.getObject("customer_id", UUID.class),
                row.getBoolean("has_discount"));
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
            default -> throw new IllegalStateException("create_orders answered " + outcome);
        };
    }

    private static CreateOrderResult created(ResultSet row) throws SQLException {
        return new CreateOrderResult.Created(row.getString("number"), instant(row, "placed"));
    }

    private static Optional<Confirmation> confirmation(ResultSet row) throws SQLException {
        String status = row.getString("status");
        if (status == null) {
            return Optional.empty();
        }
        return Optional.of(new Confirmation(
                row.getBoolean("was_changed"),
                row.getBoolean("is_confirmed"),
                status,
                row.getLong("version"),
                row.getString("order_number"),
                row.getObject("customer_id", UUID.class),
                money(row, "total_amount")));
    }

    private static <T> @Nullable T vendor(OrderLine line, Function<VendorShare, T> part) {
        return line.vendor() == null ? null : part.apply(line.vendor());
    }

    /** What the shop keeps of what the line costs without tax, rounded half up; zero of its own lines. */
    private static BigDecimal commission(OrderLine line) {
        Money net = line.total().minus(line.discount()).minus(line.includedTax());
        int kept = line.vendor() == null ? 0 : line.vendor().commissionBasisPoints();
        return net.split(kept, WHOLE_IN_BASIS_POINTS - kept).getFirst().amount();
    }

    private String addresses(List<SealedOrder> orders) {
        List<AddressRow> rows = new ArrayList<>(2 * orders.size());
        for (SealedOrder order : orders) {
            int call = rows.size() / 2 + 1;
            rows.add(row(call, "shipping", order.shipping()));
            rows.add(row(call, "billing", order.billing()));
        }
        return Objects.requireNonNull(json.writeValueAsString(rows));
    }

    private static AddressRow row(int call, String type, SealedOrder.SealedAddress address) {
        return new AddressRow(call, address.id(), type, address.country(), address.addressSealed());
    }

    /** The number, from 1, of the order of each line. */
    private static List<Integer> lineCalls(List<CreateOrder> commands) {
        return IntStream.rangeClosed(1, commands.size())
                .boxed()
                .flatMap(call -> commands.get(call - 1).lines().stream().map(line -> call))
                .toList();
    }

    private static <T> SqlValue amounts(List<T> rows, Function<T, Money> amount) {
        return Sql.numericArray(rows, row -> amount.apply(row).amount());
    }
}
