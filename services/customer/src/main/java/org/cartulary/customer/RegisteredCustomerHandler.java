package org.cartulary.customer;

import org.cartulary.contracts.auth.UserRegistered;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventHandler;

/** Makes whoever registers a customer with the id of the user. Thread-safe. */
final class RegisteredCustomerHandler implements EventHandler<UserRegistered> {

    private final Database database;

    RegisteredCustomerHandler(Database database) {
        this.database = database;
    }

    @Override
    public String consumer() {
        return "customer.registered-customer";
    }

    @Override
    public Class<UserRegistered> eventType() {
        return UserRegistered.class;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public void handle(Transaction tx, UserRegistered event, Event envelope) {
        // An e-mail address that another customer has fails here on purpose: nobody may take over a customer by
        // registering
        // with an unproven address. The event is delivered again until the shop has sorted it out.
        tx.jdbc()
                .sql("""
                        INSERT INTO customers (tenant_id, id, customer_number, email, first_name, last_name)
                        VALUES (:tenant, :id, :number, :email, :firstName, :lastName)
                        ON CONFLICT (tenant_id, id) DO NOTHING
                        """)
                .param("tenant", envelope.tenantId())
                .param("id", event.userId())
                .param("number", CustomerNumbers.next())
                .param("email", event.email())
                .param("firstName", event.firstName())
                .param("lastName", event.lastName())
                .update();
    }
}
