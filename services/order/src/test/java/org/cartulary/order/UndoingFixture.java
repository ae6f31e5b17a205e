package org.cartulary.order;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventType;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.testing.Contexts;
import org.jspecify.annotations.Nullable;

/** The order service with the services that it asks in memory. Their events are delivered when a test says so. */
final class UndoingFixture implements AutoCloseable {

    /** What each order of {@link #placed} comes to: two units of one product and three of another. */
    static final Money TOTAL = OrderFixture.gbp("54.50");

    final OrderFixture orders = new OrderFixture();
    final Crash crash = new Crash();
    final FakePayments payments = new FakePayments(crash);
    final FakeInventory inventory = new FakeInventory(crash);
    final FakePromotions promotions = new FakePromotions(crash);
    final UUID customer = Ids.next();
    final UUID tea = Ids.next();
    final UUID cup = Ids.next();
    final OrderUndoing undoing = node();
    private final RequestContext staff =
            Contexts.staff(orders.tenant, Permissions.ORDERS_CANCEL, Permissions.ORDERS_REFUND);
    private int delivered;

    UndoingFixture() {
        var configuration = new OrderConfiguration();
        var databases = orders.testDatabase.databases();
        orders.bus.host(
                List.of(
                        configuration.orderPaymentCapturedHandler(databases, undoing),
                        configuration.orderPaymentCancelledHandler(databases, undoing),
                        configuration.orderPaymentRefundedHandler(databases, undoing)),
                List.of());
    }

    /** Another process of the same installation. */
    OrderUndoing node() {
        return OrderUndoing.over(
                orders.database,
                ApiJson.tolerant(),
                orders.testDatabase.meters(),
                new Outbox(orders.database, orders.bus, orders.json),
                orders.sealing,
                payments,
                inventory,
                promotions);
    }

    RequestContext buyer() {
        return Contexts.customer(orders.tenant, customer);
    }

    RequestContext shop() {
        return staff;
    }

    private OrderLine line(UUID productId, int quantity) {
        Money price = OrderFixture.gbp("10.00");
        Money none = OrderFixture.gbp("0");
        return new OrderLine(
                productId, "SKU", "Name", null, quantity, price, none, none, none, price.times(quantity), null);
    }

    /** An order of the customer, unpaid, whose units are set aside. */
    UUID placed() {
        UUID id = Ids.next();
        CreateOrderResult result = orders.asSystem(() ->
                orders.orders.create(OrderFixture.order(id, customer, OrderFixture.WIDE, line(tea, 2), line(cup, 3))));
        if (!(result instanceof CreateOrderResult.Created)) {
            throw new AssertionError("not created: " + result);
        }
        inventory.sold(id, tea, 2);
        inventory.sold(id, cup, 3);
        return id;
    }

    void confirm(UUID orderId) {
        UUID paymentId = Ids.next();
        payments.authorized(orderId, paymentId, TOTAL);
        orders.asSystem(() -> orders.orders.confirm(new ConfirmOrder(orderId, paymentId, "CARD")));
    }

    UUID confirmed() {
        UUID id = placed();
        confirm(id);
        return id;
    }

    /** A confirmed order whose money came in, and which knows it. */
    UUID captured() {
        UUID id = confirmed();
        payments.capture(id);
        deliver();
        return id;
    }

    /** An order that went as far as its customer. */
    UUID delivered() {
        UUID id = captured();
        go(id, "SHIPPED");
        go(id, "DELIVERED");
        return id;
    }

    void go(UUID orderId, String status) {
        orders.testDatabase
                .admin()
                .sql("UPDATE orders SET status = :status, version = version + 1 WHERE id = :id")
                .param("status", status)
                .param("id", orderId)
                .update();
    }

    /** Delivers what the payments have published since, each event twice, as a relay may. */
    synchronized void deliver() {
        List<Object> events = List.copyOf(payments.events);
        events.subList(delivered, events.size()).forEach(this::deliverTwice);
        delivered = events.size();
    }

    void deliverTwice(Object event) {
        Event envelope = envelope(event);
        orders.bus.dispatch(List.of(envelope, envelope));
    }

    private Event envelope(Object event) {
        EventType type = event.getClass().getAnnotation(EventType.class);
        return new Event(
                Ids.next(),
                orders.tenant,
                type.name(),
                1,
                type.aggregate(),
                Ids.next(),
                1,
                Instant.EPOCH,
                TraceIds.next(),
                5,
                orders.json.writeValueAsString(event));
    }

    CancelledOrder cancel(UUID orderId, String key) {
        return buyer().supply(
                        () -> undoing.requesting().ofBuyer(orderId, new CancelOrderRequest("changed my mind"), key));
    }

    RefundAnswer.RefundedOrder refund(UUID orderId, @Nullable String amount, String key) {
        var request = new RefundOrder(amount == null ? null : OrderFixture.gbp(amount), "broken", null);
        return shop().supply(() -> undoing.refunding().refund(orderId, request, key));
    }

    /** What another node does when the one that held the leases is dead. */
    void recoverOnAnotherNode() {
        OrderUndoing other = node();
        for (int round = 0; round < 5; round++) {
            orders.testDatabase.admin().sql("""
                            UPDATE saga_instances
                            SET next_attempt_at = clock_timestamp() - interval '1 second',
                                lease_until = CASE WHEN lease_owner IS NOT NULL
                                                   THEN clock_timestamp() - interval '1 second' END
                            WHERE status IN ('started', 'compensating')
                            """).update();
            other.cancellations().recoverDue(100);
            other.refunds().recoverDue(100);
        }
        deliver();
    }

    String paymentStatus(UUID orderId) {
        return text("SELECT payment_status FROM orders WHERE id = :id", orderId);
    }

    String refunded(UUID orderId) {
        return text("SELECT refunded_amount::text FROM orders WHERE id = :id", orderId);
    }

    /** The refunds of an order: status and amount. */
    List<String> refunds(UUID orderId) {
        return orders.testDatabase
                .admin()
                .sql("SELECT status || ' ' || amount FROM order_refunds WHERE order_id = :id ORDER BY created_at, id")
                .param("id", orderId)
                .query(String.class)
                .list();
    }

    private String text(String sql, UUID orderId) {
        return orders.testDatabase
                .admin()
                .sql(sql)
                .param("id", orderId)
                .query(String.class)
                .single();
    }

    /** The customer's money of an order that we hold. */
    Money charged(UUID orderId) {
        FakePayments.Account account = payments.accounts.get(orderId);
        return account == null ? OrderFixture.gbp("0.00") : account.charged();
    }

    @Override
    public void close() {
        orders.close();
    }
}
