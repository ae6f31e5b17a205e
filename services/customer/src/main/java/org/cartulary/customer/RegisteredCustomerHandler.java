package org.cartulary.customer;

import org.cartulary.contracts.auth.UserRegistered;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventHandler;

/**
 * Makes whoever registered and verified the address a customer with the id of the account. A number that is taken, which is as good as impossible,
 * fails the delivery; the next one draws another number.
 */
final class RegisteredCustomerHandler implements EventHandler<UserRegistered> {
    private final Database database;
    private final CustomerStore store;

    RegisteredCustomerHandler(Database database, CustomerStore store) {
        this.database = database;
        this.store = store;
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
        store.insertRegistered(
                tx,
                envelope.tenantId(),
                event.userId(),
                CustomerNumbers.next(),
                event.emailIndex(),
                event.personSealed());
    }
}
