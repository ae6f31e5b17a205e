package org.cartulary.auth;

import java.util.UUID;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.contracts.auth.UserRegistered;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.ids.Ids;

/** Registers customers: the account and the event that announces it are one transaction. Thread-safe. */
final class Registering {

    private final Database database;
    private final Outbox outbox;
    private final Passwords passwords;
    private final UserStore users = new UserStore();

    Registering(Database database, Outbox outbox, Passwords passwords) {
        this.database = database;
        this.outbox = outbox;
        this.passwords = passwords;
    }

    RegisterResult register(String email, String password, String firstName, String lastName) {
        String passwordHash = passwords.hash(password);
        UUID id = Ids.next();
        NewUser user = new NewUser(
                RequestContext.currentTenant(), id, email, passwordHash, firstName, lastName, Roles.CUSTOMER);
        return database.inTransaction(tx -> {
            if (!users.insert(tx, user)) {
                return new RegisterResult.EmailTaken();
            }
            outbox.append(tx, new UserRegistered(id, email, firstName, lastName), id, 1);
            return new RegisterResult.Registered(id);
        });
    }
}
