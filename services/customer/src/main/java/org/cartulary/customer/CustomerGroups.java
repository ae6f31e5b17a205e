package org.cartulary.customer;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.springframework.dao.DuplicateKeyException;

/** Makes groups, and puts customers into them. What is taken off for a group, promotions say. Thread-safe. */
final class CustomerGroups {

    private static final String RESOURCE = "customer-group";

    private final Database database;
    private final CustomerGroupStore store;

    CustomerGroups(Database database, CustomerGroupStore store) {
        this.database = database;
        this.store = store;
    }

    /** A new group, which is empty. */
    CustomerGroupView create(String name) {
        UUID id = Ids.next();
        return database.inTransaction(tx -> {
            if (!store.insert(tx, id, name.strip())) {
                throw nameTaken();
            }
            return found(tx, id);
        });
    }

    /** Gives the group another name. */
    CustomerGroupView rename(UUID id, long version, String name) {
        try {
            return database.inTransaction(tx -> {
                if (!store.rename(tx, id, version, name.strip())) {
                    found(tx, id);
                    throw ETags.stale();
                }
                return found(tx, id);
            });
        } catch (DuplicateKeyException taken) {
            throw nameTaken();
        }
    }

    /** Nobody is in the group any more, and promotions that are for it only are for nobody. */
    void delete(UUID id) {
        database.inTransaction(tx -> {
            if (!store.delete(tx, id)) {
                throw notFound();
            }
            AuditLog.record(tx, AuditedAct.of("customer-group.deleted", RESOURCE, id));
            return id;
        });
    }

    CustomerGroupView find(UUID id) {
        return database.inReadTransaction(tx -> found(tx, id));
    }

    List<CustomerGroupView> list(UUID after, int limit) {
        return database.inReadTransaction(tx -> store.list(tx, after, limit));
    }

    /** Puts a customer into a group; one who is in it stays. */
    GroupMember add(UUID group, UUID customer) {
        return database.inTransaction(tx -> {
            if (store.add(tx, group, customer)) {
                AuditLog.record(
                        tx,
                        AuditedAct.of("customer-group.member-added", RESOURCE, group)
                                .with("customer", customer));
            }
            return store.member(tx, group, customer).orElseThrow(() -> {
                requireGroup(tx, group);
                return ProblemException.notFound("customer-not-found", "there is no such customer");
            });
        });
    }

    /** Takes a customer out of a group; one who is not in it is out already. */
    void remove(UUID group, UUID customer) {
        database.inTransaction(tx -> {
            requireGroup(tx, group);
            if (store.remove(tx, group, customer)) {
                AuditLog.record(
                        tx,
                        AuditedAct.of("customer-group.member-removed", RESOURCE, group)
                                .with("customer", customer));
            }
            return group;
        });
    }

    List<GroupMember> members(UUID group, UUID after, int limit) {
        return database.inReadTransaction(tx -> {
            requireGroup(tx, group);
            return store.members(tx, group, after, limit);
        });
    }

    /** The groups that the customer is in, with their names: also for the customer, whose transactions see no names. */
    List<GroupMembership> memberships(UUID customer) {
        return RequestContext.current()
                .asSystem()
                .supply(() -> database.inReadTransaction(tx -> store.memberships(tx, customer)));
    }

    private CustomerGroupView found(Transaction tx, UUID id) {
        return store.find(tx, id).orElseThrow(CustomerGroups::notFound);
    }

    private void requireGroup(Transaction tx, UUID id) {
        if (!store.exists(tx, id)) {
            throw notFound();
        }
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("customer-group-not-found", "there is no such group of customers");
    }

    private static ProblemException nameTaken() {
        return ProblemException.conflict("customer-group-name-taken", "another group has this name")
                .with("/name", "taken", "choose another name");
    }
}
