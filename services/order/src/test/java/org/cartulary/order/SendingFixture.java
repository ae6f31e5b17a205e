package org.cartulary.order;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Orders that are sent: of two lines, two units of the first and three of the second. */
final class SendingFixture implements AutoCloseable {

    final OrderFixture orders;
    final SendingOrder sending;
    final WithdrawingUnits withdrawing;
    final OrderDetails details;
    final UUID customer = Ids.next();
    private final RequestContext staff;

    SendingFixture() {
        this(new OrderFixture());
    }

    SendingFixture(OrderFixture orders) {
        this.orders = orders;
        sending = OrderConfiguration.sendingOrder(orders.database, orders.sealing, orders.bus, orders.json);
        withdrawing = OrderConfiguration.withdrawingUnits(orders.database, orders.bus, orders.json);
        details = new OrderDetails(orders.database, orders.sealing);
        staff = Contexts.staff(orders.tenant, Permissions.ORDERS_SEND, Permissions.ORDERS_READ);
    }

    UUID confirmed() {
        UUID id = Ids.next();
        orders.asSystem(() -> orders.orders.create(OrderFixture.order(
                id,
                customer,
                OrderFixture.WIDE,
                OrderFixture.line("A", 2, "10.00"),
                OrderFixture.line("B", 3, "1.00"))));
        orders.asSystem(() -> orders.orders.confirm(new ConfirmOrder(id, Ids.next(), "CARD")));
        return id;
    }

    OrderView find(UUID order) {
        return staff.supply(() -> details.find(order).orElseThrow());
    }

    /** So many units of the line with that number. */
    SentUnits units(UUID order, int lineNumber, int quantity) {
        return new SentUnits(find(order).items().get(lineNumber - 1).id(), quantity);
    }

    ShipmentState pack(UUID order, boolean isSent, SentUnits... lines) {
        return pack(order, new PackOrder(lines.length == 0 ? null : List.of(lines), null, null, null, null, isSent));
    }

    ShipmentState pack(UUID order, PackOrder request) {
        String key = Ids.next().toString();
        ShipmentState state =
                staff.supply(() -> sending.pack(order, request, key)).body();
        if (state == null) {
            throw new AssertionError("not packed");
        }
        return state;
    }

    ShipmentState move(ShipmentState shipment, String status) {
        return move(shipment, new MoveShipment(status, null, null, null));
    }

    ShipmentState move(ShipmentState shipment, MoveShipment request) {
        return staff.supply(() -> sending.move(shipment.orderId(), shipment.shipmentId(), request));
    }

    ShipmentState follow(ShipmentState shipment, long version, ShipmentTracking tracking) {
        return staff.supply(() -> sending.follow(shipment.orderId(), shipment.shipmentId(), version, tracking));
    }

    /** Says that these will not be sent, and answers how far the order is then. */
    String withdraw(UUID order, SentUnits... lines) {
        String key = Ids.next().toString();
        WithdrawnUnits answer = staff.supply(
                        () -> withdrawing.withdraw(order, new WithdrawUnits(List.of(lines), "damaged"), key))
                .body();
        if (answer == null) {
            throw new AssertionError("not withdrawn");
        }
        return answer.orderStatus();
    }

    /** Of each line the units that are packed, sent, delivered and withdrawn. */
    List<String> units(UUID order) {
        return find(order).items().stream()
                .map(line -> line.packed() + " " + line.sent() + " " + line.delivered() + " " + line.withdrawn())
                .toList();
    }

    List<String> parcels(UUID order) {
        return find(order).shipments().stream().map(OrderView.Shipment::status).toList();
    }

    /** Without that nobody undoes the payments of what is cancelled here. */
    List<String> brokenInvariants() {
        return orders.brokenInvariants().stream()
                .filter(name -> !name.equals("cancelled-order-is-undone"))
                .toList();
    }

    JdbcClient admin() {
        return orders.testDatabase.admin();
    }

    /** Writes as the program does, for staff of the shop. */
    int write(String sql, @Nullable UUID id) {
        return staff.supply(() -> orders.database.inTransaction(
                tx -> tx.jdbc().sql(sql).param("id", id).update()));
    }

    /** Writes as jobs do. */
    int writeAsWorker(String sql, UUID id) {
        return orders.database.asWorker(tx -> tx.jdbc().sql(sql).param("id", id).update());
    }

    @Override
    public void close() {
        orders.close();
    }
}
