package org.cartulary.inventory;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.cartulary.contracts.inventory.ConfirmReservation;
import org.cartulary.contracts.inventory.ReleaseReservation;
import org.cartulary.contracts.inventory.ReserveStock;
import org.cartulary.contracts.inventory.ReserveStockResult;
import org.cartulary.contracts.inventory.RestockOrder;
import org.cartulary.contracts.inventory.RestockOrderResult;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The inventory service on a database of its own, for one test class. */
final class StockForTests implements AutoCloseable {

    static final int GENEROUS_LIMIT = 1_000_000;

    final TestDatabase test = TestDatabase.create("inventory");
    final MeterRegistry meters = new SimpleMeterRegistry();
    final StockStore store = new StockStore(test.database());
    final StockRecords records = new StockRecords(test.database());
    final InventoryEndpoint inventory =
            new InventoryEndpoint(new ReservingStock(store, meters), store, new StockInvariants(test.database()));
    final StockController controller = new StockController(
            records, new Idempotency(test.database(), JsonMapper.shared()), new Cursors(new byte[32]));

    final ReorderPointsController reorderPoints = new ReorderPointsController(new ReorderPoints(test.database()));
    final WarehousesController warehouses =
            new WarehousesController(new Warehouses(test.database()), new Cursors(new byte[32]));
    final StockAllocationController allocation = new StockAllocationController(new StockAllocation(test.database()));

    private final EventBus bus = new EventBus(JsonMapper.shared(), meters);
    final LowStockStore lowStock =
            new LowStockStore(test.database(), new Outbox(test.database(), bus, JsonMapper.shared()));
    final StockAlertsController alerts =
            new StockAlertsController(new StockAlerts(test.database()), new Cursors(new byte[32]));

    final SuppliersController suppliers = new SuppliersController(
            new Suppliers(test.database()), new SupplierMeasures(test.database()), new Cursors(new byte[32]));
    final PurchaseOrdersController purchases = new PurchaseOrdersController(
            new PurchaseOrders(test.database()), new PurchaseReceipts(test.database()), new Cursors(new byte[32]));

    final StockCategoriesController categories =
            new StockCategoriesController(new StockCategories(test.database()), new Cursors(new byte[32]));

    final StockDays stockDays = new StockDays(test.database());
    final StockDaysController days = new StockDaysController(stockDays);

    record Quantities(int available, int reserved) {}

    /** A shop of its own, so that tests do not meet. */
    final class Shop {

        final UUID tenant = Contexts.newTenant();

        UUID product(int units) {
            return product(null, units);
        }

        UUID product(String warehouse, int units) {
            UUID product = Ids.next();
            receive(warehouse, product, units);
            return product;
        }

        void receive(String warehouse, UUID product, int units) {
            Contexts.system(tenant)
                    .supply(() -> records.receive(
                            warehouse,
                            List.of(new StockRecords.Receipt(
                                    product, units, Ids.next().toString()))));
        }

        UUID warehouse(String name) {
            return admin().sql("SELECT id FROM warehouses WHERE tenant_id = ? AND name = ?")
                    .params(tenant, name)
                    .query(UUID.class)
                    .single();
        }

        /** How many units of the product are available in the warehouse. */
        int availableIn(String warehouse, UUID product) {
            return admin().sql("""
                            SELECT available_quantity FROM inventory
                            WHERE tenant_id = ? AND product_id = ? AND warehouse_id = ?
                            """)
                    .params(tenant, product, warehouse(warehouse))
                    .query(Integer.class)
                    .single();
        }

        ReserveStockResult reserve(UUID order, StockLine... lines) {
            return reserve(order, null, GENEROUS_LIMIT, lines);
        }

        ReserveStockResult reserve(UUID order, UUID customer, int maximumOpen, StockLine... lines) {
            return Contexts.system(tenant)
                    .supply(() ->
                            inventory.reserve(new ReserveStock(order, customer, Arrays.asList(lines), 5, maximumOpen)));
        }

        Object confirm(UUID order) {
            return Contexts.system(tenant).supply(() -> inventory.confirm(new ConfirmReservation(order)));
        }

        Object release(UUID order) {
            return Contexts.system(tenant)
                    .supply(() -> inventory.release(new ReleaseReservation(order, "payment-declined")));
        }

        RestockOrderResult restock(UUID restock, UUID order, StockLine... lines) {
            return Contexts.system(tenant)
                    .supply(() ->
                            inventory.restock(new RestockOrder(restock, order, Arrays.asList(lines), "sent-back")));
        }

        /** An order that was paid for. */
        UUID sold(StockLine... lines) {
            UUID order = Ids.next();
            reserve(order, lines);
            confirm(order);
            return order;
        }

        /** As {@link #meeting}, at the stock of a product. */
        <T> List<T> meetingAtStock(UUID product, int callers, IntFunction<T> call) throws InterruptedException {
            return meeting("inventory WHERE tenant_id = ? AND product_id = ?", product, callers, call);
        }

        /** As {@link #meeting}, at the reservation of an order. */
        <T> List<T> meetingAtReservation(UUID order, int callers, IntFunction<T> call) throws InterruptedException {
            return meeting("inventory_reservations WHERE tenant_id = ? AND order_id = ?", order, callers, call);
        }

        /**
         * Has callers meet: they begin while somebody else holds what all of them need, and go on when three of them at least
         * have come as far as they can.
         */
        private <T> List<T> meeting(String rows, UUID held, int callers, IntFunction<T> call)
                throws InterruptedException {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<T>> results = Contexts.system(tenant)
                        .supply(() -> test.database().inTransaction(tx -> {
                            tx.jdbc()
                                    .sql("SELECT FROM " + rows + " FOR UPDATE")
                                    .params(tenant, held)
                                    .query()
                                    .listOfRows();
                            List<Future<T>> begun = IntStream.range(0, callers)
                                    .mapToObj(caller -> threads.submit(() -> call.apply(caller)))
                                    .toList();
                            test.awaitLockWaits(3);
                            return begun;
                        }));
                List<T> values = new ArrayList<>();
                for (Future<T> result : results) {
                    values.add(result.get());
                }
                return values;
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
        }

        void makeOverdue(UUID order) {
            admin().sql("UPDATE inventory_reservations SET expires_at = clock_timestamp() - interval '1 second'"
                            + " WHERE tenant_id = ? AND order_id = ?")
                    .params(tenant, order)
                    .update();
        }

        Quantities quantities(UUID product) {
            return admin().sql("""
                            SELECT sum(available_quantity) AS available, sum(reserved_quantity) AS reserved
                            FROM inventory
                            WHERE tenant_id = ? AND product_id = ?
                            """)
                    .params(tenant, product)
                    .query((row, number) -> new Quantities(row.getInt("available"), row.getInt("reserved")))
                    .single();
        }

        List<String> movements(UUID product) {
            return admin().sql("""
                            SELECT format('%s %s %s', movement_type, available_change, reserved_change)
                            FROM inventory_movements
                            WHERE tenant_id = ? AND product_id = ?
                            ORDER BY id
                            """).params(tenant, product).query(String.class).list();
        }

        long rows(String table) {
            return admin().sql("SELECT count(*) FROM " + table + " WHERE tenant_id = ?")
                    .params(tenant)
                    .query(Long.class)
                    .single();
        }
    }

    Shop newShop() {
        return new Shop();
    }

    JdbcClient admin() {
        return test.admin();
    }

    List<InvariantResult> broken() {
        return inventory.checkInvariants().stream()
                // Nobody delivers events in these tests.
                .filter(result -> !result.holds() && !result.name().equals("no-event-left"))
                .toList();
    }

    static StockLine line(UUID product, int quantity) {
        return new StockLine(product, quantity);
    }

    @Override
    public void close() {
        bus.close();
        test.close();
    }
}
