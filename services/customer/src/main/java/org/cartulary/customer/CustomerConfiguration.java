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
        Database database = databases.open("customer");
        return new CustomerEndpoint(new CustomerStore(database, json), new CustomerInvariants(database));
    }

    @Bean
    CustomersController customersController(Databases databases, JsonMapper json, Cursors cursors) {
        Database database = databases.open("customer");
        return new CustomersController(new CustomerStore(database, json), new AddressStore(database), cursors);
    }

    @Bean
    CustomersAdminController customersAdminController(Databases databases, JsonMapper json, Cursors cursors) {
        CustomerStore customers = new CustomerStore(databases.open("customer"), json);
        return new CustomersAdminController(new WritingCustomers(customers), customers, cursors);
    }

    @Bean
    RegisteredCustomerHandler registeredCustomerHandler(Databases databases) {
        return new RegisteredCustomerHandler(databases.open("customer"));
    }
}
