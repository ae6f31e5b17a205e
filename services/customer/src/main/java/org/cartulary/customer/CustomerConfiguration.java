package org.cartulary.customer;

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
    RegisteredCustomerHandler registeredCustomerHandler(Databases databases, JsonMapper json) {
        return new RegisteredCustomerHandler(open(databases), new CustomerStore(json));
    }

    @Bean
    Jobs customerKeyJobs(Databases databases, JsonMapper json) {
        Database database = open(databases);
        Idempotency idempotency = new Idempotency(database, json);
        return new Jobs(
                database, List.of(new Job("purge-idempotency-keys", Duration.ofHours(1), idempotency::purgeExpired)));
    }

    private static Database open(Databases databases) {
        return databases.open("customer");
    }
}
