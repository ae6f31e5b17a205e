package org.cartulary.customer;

import java.time.Duration;
import java.util.List;
import org.cartulary.contracts.order.OrderEventsApi;
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

/** Wires the customer service. */
@Configuration(proxyBeanMethods = false)
public class CustomerConfiguration {
    @Bean
    CustomerEndpoint customerEndpoint(Databases databases, JsonMapper json) {
        return new CustomerEndpoint(open(databases), new CustomerStore(json));
    }

    @Bean
    CustomersController customersController(Databases databases, JsonMapper json, Cursors cursors) {
        Database database = open(databases);
        return new CustomersController(
                database, new CustomerStore(json), new AddressBook(database), new Idempotency(database, json), cursors);
    }

    @Bean
    CustomersAdminController customersAdminController(Databases databases, JsonMapper json, Cursors cursors) {
        Database database = open(databases);
        CustomerStore store = new CustomerStore(json);
        return new CustomersAdminController(
                database, store, new EnteringCustomers(database, new CustomerEntryStore()), json, cursors);
    }

    @Bean
    Consenting customerConsents(Databases databases, EventBus events, JsonMapper json) {
        Database database = open(databases);
        return new Consenting(database, new ConsentStore(), new Outbox(database, events, json));
    }

    @Bean
    ConsentsController consentsController(Consenting consents, Cursors cursors) {
        return new ConsentsController(consents, cursors);
    }

    @Bean
    ConsentsAdminController consentsAdminController(Consenting consents, Cursors cursors) {
        return new ConsentsAdminController(consents, cursors);
    }

    @Bean
    RegisteredCustomerHandler registeredCustomerHandler(Databases databases, JsonMapper json) {
        return new RegisteredCustomerHandler(open(databases), new CustomerStore(json));
    }

    @Bean
    StatisticsController customerStatisticsController(Databases databases, JsonMapper json) {
        Database database = open(databases);
        return new StatisticsController(
                database,
                new CustomerStore(json),
                new StatisticsStore(),
                new RebuildingStatistics(database, new RebuildStore()));
    }

    @Bean
    Jobs customerJobs(Databases databases, OrderEventsApi orders, JsonMapper json) {
        Database database = open(databases);
        FollowingOrders following = new FollowingOrders(
                database, orders, new StatisticsStore(), new RebuildingStatistics(database, new RebuildStore()), json);
        return new Jobs(database, List.of(new Job("customer-statistics", Duration.ofSeconds(1), following::run)));
    }

    private static Database open(Databases databases) {
        return databases.open("customer");
    }
}
