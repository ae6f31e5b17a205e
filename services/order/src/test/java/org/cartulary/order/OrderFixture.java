package org.cartulary.order;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.order.Adjustment;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.contracts.tenant.OrderRules;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.cartulary.platform.testing.TestSubjectKeys;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The order service on a database of its own. Events are written and not delivered. */
final class OrderFixture implements AutoCloseable {

    static final OrderRules WIDE = new OrderRules(BigDecimal.ZERO, new BigDecimal("1000000"), 10_000, 1_000_000, 30);

    final TestDatabase testDatabase = TestDatabase.create("order");
    final Database database = testDatabase.database();
    final JsonMapper json = JsonMapper.builder().build();
    final SealingOrders sealing = new SealingOrders(TestSubjectKeys.personalData(), json);
    final EventBus bus = new EventBus(json, new SimpleMeterRegistry());
    final Cursors cursors = new Cursors(new byte[32]);
    final OrderEndpoint orders = new OrderConfiguration().orderEndpoint(testDatabase.databases(), sealing, bus, json);
    final UUID tenant = Contexts.newTenant();

    <T extends @Nullable Object> T as(UUID tenantId, Supplier<T> work) {
        return Contexts.system(tenantId).supply(work);
    }

    <T extends @Nullable Object> T asSystem(Supplier<T> work) {
        return as(tenant, work);
    }

    static Money gbp(String amount) {
        return Money.parse(amount, "GBP");
    }

    static OrderLine line(String sku, int quantity, String unitPrice) {
        Money price = gbp(unitPrice);
        return new OrderLine(
                Ids.next(),
                sku,
                "Name of " + sku,
                null,
                quantity,
                price,
                gbp("0"),
                gbp("0"),
                gbp("0"),
                price.times(quantity),
                null);
    }

    static CreateOrder order(UUID orderId, @Nullable UUID customerId, OrderRules rules, OrderLine... lines) {
        return order(orderId, customerId, null, rules, null, null, List.of(lines));
    }

    static CreateOrder order(
            UUID orderId,
            @Nullable UUID customerId,
            @Nullable UUID guestId,
            OrderRules rules,
            @Nullable Instant placedAt,
            @Nullable String reference,
            List<OrderLine> lines) {
        List<Money> totals = new ArrayList<>();
        lines.forEach(line -> totals.add(line.total()));
        Money subtotal = Money.sum(totals, gbp("0").currency());
        Money tax = gbp("2.00");
        Money shipping = gbp("3.50");
        Money discount = gbp("1.00");
        Address address = new Address(
                "Ada", "Lovelace", null, "12 St James's Square", null, "London", null, "SW1Y 4JH", "GB", null);
        return new CreateOrder(
                orderId,
                customerId,
                guestId,
                "ada@example.org",
                lines,
                subtotal,
                tax,
                gbp("0"),
                shipping,
                discount,
                subtotal.plus(tax).plus(shipping).minus(discount),
                explained(lines, tax, shipping, discount),
                address,
                address,
                null,
                "Standard",
                null,
                placedAt,
                reference,
                rules);
    }

    /** What falls on no line falls on the shipping. */
    private static List<Adjustment> explained(List<OrderLine> lines, Money tax, Money shipping, Money discount) {
        Money nothing = gbp("0");
        return List.of(
                new Adjustment(
                        Adjustment.Kind.SHIPPING,
                        "Standard",
                        Ids.next(),
                        null,
                        null,
                        false,
                        shipping,
                        nothing,
                        List.of()),
                new Adjustment(
                        Adjustment.Kind.DISCOUNT,
                        "A pound off",
                        Ids.next(),
                        "POUND",
                        null,
                        false,
                        nothing.minus(discount),
                        nothing,
                        lines.stream()
                                .map(line -> nothing.minus(line.discount()))
                                .toList()),
                new Adjustment(
                        Adjustment.Kind.TAX,
                        "VAT 20 %",
                        Ids.next(),
                        null,
                        BigDecimal.valueOf(20),
                        false,
                        tax,
                        nothing,
                        lines.stream().map(OrderLine::tax).toList()));
    }

    /** As it goes to the database. */
    OrderStore.NewOrder sealed(CreateOrder command, String number) {
        return new OrderStore.NewOrder(asSystem(() -> sealing.seal(command)), number);
    }

    UUID placed(@Nullable UUID customerId) {
        UUID id = Ids.next();
        CreateOrderResult result = asSystem(() -> orders.create(order(id, customerId, WIDE, line("A", 2, "10.00"))));
        if (!(result instanceof CreateOrderResult.Created)) {
            throw new AssertionError("not created: " + result);
        }
        return id;
    }

    UUID confirmed(@Nullable UUID customerId) {
        UUID id = placed(customerId);
        asSystem(() -> orders.confirm(new ConfirmOrder(id, Ids.next(), "CARD")));
        return id;
    }

    String status(UUID orderId) {
        return testDatabase
                .admin()
                .sql("SELECT status FROM orders WHERE id = :id")
                .param("id", orderId)
                .query(String.class)
                .single();
    }

    String statusReason(UUID orderId) {
        return testDatabase
                .admin()
                .sql("SELECT status_reason FROM orders WHERE id = :id")
                .param("id", orderId)
                .query(String.class)
                .single();
    }

    List<String> history(UUID orderId) {
        return testDatabase
                .admin()
                .sql("SELECT status_to FROM order_status_history WHERE order_id = :id ORDER BY order_version")
                .param("id", orderId)
                .query(String.class)
                .list();
    }

    /** The types and versions of the events of an order, in their order. */
    List<String> events(UUID orderId) {
        return testDatabase
                .admin()
                .sql("SELECT event_type || ' ' || aggregate_version FROM outbox_events WHERE aggregate_id = :id"
                        + " ORDER BY aggregate_version")
                .param("id", orderId)
                .query(String.class)
                .list();
    }

    long count(String table) {
        return testDatabase
                .admin()
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    List<String> brokenInvariants() {
        return orders.checkInvariants().stream()
                // Nobody delivers events in these tests.
                .filter(result -> !result.holds() && !result.name().equals("no-event-left"))
                .map(InvariantResult::name)
                .toList();
    }

    @Override
    public void close() {
        bus.close();
        testDatabase.close();
    }
}
