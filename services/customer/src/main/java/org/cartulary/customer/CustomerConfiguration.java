package org.cartulary.customer;

import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.http.Cursors;
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
        return new CustomersController(database, new CustomerStore(json), new AddressBook(database), cursors);
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

    private static Database open(Databases databases) {
        return databases.open("customer");
    }
}
