package org.cartulary.inventory;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
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
    AvailabilityController availabilityController(Databases databases) {
        return new AvailabilityController(new StockStore(databases.open(SERVICE)));
    }

    @Bean
    StockController stockController(Databases databases, JsonMapper json, Cursors cursors) {
        Database database = databases.open(SERVICE);
        return new StockController(new StockRecords(database), new Idempotency(database, json), cursors);
    }

    @Bean
    Jobs inventoryJobs(Databases databases) {
        Database database = databases.open(SERVICE);
        return new Jobs(
                database,
                List.of(new Job(
                        "expire-reservations",
                        Duration.ofSeconds(10),
                        new ExpiringReservations(new StockStore(database)))));
    }
}
