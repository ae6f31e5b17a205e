package org.cartulary.customer;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.customer.ConsentGiven;
import org.cartulary.contracts.customer.ConsentWithdrawn;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Outbox;
import org.jspecify.annotations.Nullable;

/** Keeps what customers say they consent to, and tells it. Thread-safe. */
record Consenting(Database database, ConsentStore store, Outbox outbox) {

    /**
     * Keeps what the customer says, unless it is what the customer said last.
     *
     * @return what holds now; empty if there is no such customer
     */
    Optional<CustomerConsents> say(UUID customerId, ConsentPurpose purpose, ConsentStatement said) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inTransaction(tx -> {
            if (!store.lockCustomer(tx, tenantId, customerId)) {
                return Optional.empty();
            }
            if (store.add(tx, tenantId, customerId, purpose, said)) {
                outbox.append(tx, event(customerId, purpose, said), customerId, store.touch(tx, tenantId, customerId));
            }
            return find(tx, tenantId, customerId);
        });
    }

    /** Takes back what the customer has consented to and can take back, since the customer is being forgotten. */
    void withdrawAll(Transaction tx, UUID customerId) {
        UUID tenantId = RequestContext.currentTenant();
        if (!store.lockCustomer(tx, tenantId, customerId)) {
            return;
        }
        for (CustomerConsents.State state : store.states(tx, tenantId, customerId)) {
            ConsentPurpose purpose = ConsentPurpose.ofWord(state.purpose()).orElseThrow();
            if (state.given() && purpose.isWithdrawable()) {
                ConsentStatement withdrawal =
                        new ConsentStatement(false, Objects.requireNonNull(state.textVersion()), "erasure");
                store.add(tx, tenantId, customerId, purpose, withdrawal);
                outbox.append(
                        tx, event(customerId, purpose, withdrawal), customerId, store.touch(tx, tenantId, customerId));
            }
        }
    }

    private static Object event(UUID customerId, ConsentPurpose purpose, ConsentStatement said) {
        return said.given()
                ? new ConsentGiven(customerId, purpose.word(), said.textVersion())
                : new ConsentWithdrawn(customerId, purpose.word());
    }

    /** What holds now; empty if there is no such customer. */
    Optional<CustomerConsents> find(UUID customerId) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> find(tx, tenantId, customerId));
    }

    private Optional<CustomerConsents> find(Transaction tx, UUID tenantId, UUID customerId) {
        List<CustomerConsents.State> states = store.states(tx, tenantId, customerId);
        return states.isEmpty() ? Optional.empty() : Optional.of(new CustomerConsents(customerId, states));
    }

    /** All that the customer said, the latest first. */
    List<ConsentRecord> history(UUID customerId, @Nullable UUID before, int limit) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> store.history(tx, tenantId, customerId, before, limit));
    }
}
