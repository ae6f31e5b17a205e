package org.cartulary.inventory;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.jobs.Jobs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires the inventory service. */
@Configuration(proxyBeanMethods = false)
public class InventoryConfiguration {

    private static final String SERVICE = "inventory";

    @Bean
    InventoryEndpoint inventoryEndpoint(Databases databases, MeterRegistry meters) {
        Database database = databases.open(SERVICE);
        StockStore stock = new StockStore(database);
        return new InventoryEndpoint(new ReservingStock(stock, meters), stock, new StockInvariants(database));
    }

    @Bean
    ReservationRecordsEndpoint reservationRecordsEndpoint(Databases databases) {
        return new ReservationRecordsEndpoint(databases.open(SERVICE));
    }

    @Bean
    StockPresencesEndpoint stockPresencesEndpoint(Databases databases) {
        return new StockPresencesEndpoint(databases.open(SERVICE));
    }

    @Bean
    AvailabilityController availabilityController(Databases databases) {
        return new AvailabilityController(new StockStore(databases.open(SERVICE)));
    }

    @Bean
    StockController stockController(Databases databases, JsonMapper json, Cursors cursors) {
        Database database = databases.open(SERVICE);
        return new StockController(new StockRecords(database), new Idempotency(database, json), cursors);
    }

    @Bean
    WarehousesController warehousesController(Databases databases, Cursors cursors) {
        return new WarehousesController(new Warehouses(databases.open(SERVICE)), cursors);
    }

    @Bean
    StockAllocationController stockAllocationController(Databases databases) {
        return new StockAllocationController(new StockAllocation(databases.open(SERVICE)));
    }

    @Bean
    ReorderPointsController reorderPointsController(Databases databases) {
        return new ReorderPointsController(new ReorderPoints(databases.open(SERVICE)));
    }

    @Bean
    StockAlertsController stockAlertsController(Databases databases, Cursors cursors) {
        return new StockAlertsController(new StockAlerts(databases.open(SERVICE)), cursors);
    }

    @Bean
    SuppliersController suppliersController(Databases databases, Cursors cursors) {
        Database database = databases.open(SERVICE);
        return new SuppliersController(new Suppliers(database), new SupplierMeasures(database), cursors);
    }

    @Bean
    StockCategoriesController stockCategoriesController(Databases databases, Cursors cursors) {
        return new StockCategoriesController(new StockCategories(databases.open(SERVICE)), cursors);
    }

    @Bean
    PurchaseOrdersController purchaseOrdersController(Databases databases, Cursors cursors) {
        Database database = databases.open(SERVICE);
        return new PurchaseOrdersController(new PurchaseOrders(database), new PurchaseReceipts(database), cursors);
    }

    @Bean
    StockDaysController stockDaysController(Databases databases) {
        return new StockDaysController(new StockDays(databases.open(SERVICE)));
    }

    @Bean
    Jobs inventoryJobs(Databases databases, EventBus events, JsonMapper json, MeterRegistry meters) {
        Database database = databases.open(SERVICE);
        LowStockStore lowStock = new LowStockStore(database, new Outbox(database, events, json));
        return new Jobs(
                database,
                List.of(
                        new Job(
                                "expire-reservations",
                                Duration.ofSeconds(10),
                                new ExpiringReservations(new StockStore(database))),
                        new Job("watch-stock", Duration.ofMinutes(1), new WatchingStock(lowStock, meters)),
                        new Job("sum-days", Duration.ofHours(1), new SummingDays(new StockDays(database)))));
    }
}
