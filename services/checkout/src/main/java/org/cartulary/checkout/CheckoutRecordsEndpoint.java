package org.cartulary.checkout;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.contracts.checkout.CheckoutRecordsApi;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.KeptRecords;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Idempotency;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What checkouts say of people. */
@RestController
final class CheckoutRecordsEndpoint implements CheckoutRecordsApi {

    private final Database database;
    private final CheckoutStore store;
    private final SealingCheckouts sealing;
    private final JsonMapper json;

    CheckoutRecordsEndpoint(Database database, CheckoutStore store, SealingCheckouts sealing, JsonMapper json) {
        this.database = database;
        this.store = store;
        this.sealing = sealing;
        this.json = json;
    }

    @Override
    public KeptRecords export(Person person) {
        // As the platform: a customer's transactions do not see what the same person was about to order as a guest.
        return RequestContext.current().asSystem().supply(() -> exported(person));
    }

    private KeptRecords exported(Person person) {
        List<CheckoutView> views = database.inReadTransaction(tx -> store.ofPerson(tx, person)).stream()
                .map(sealing::open)
                .map(CheckoutView::of)
                .toList();
        return new KeptRecords(List.of(new KeptRecord(
                "checkouts",
                "What you were about to order within the last days, and where it was to go.",
                json.writeValueAsString(views))));
    }

    @Override
    public Traces trace(Person person) {
        return RequestContext.current().asSystem().supply(() -> database.inReadTransaction(tx -> traced(tx, person)));
    }

    private Traces traced(Transaction tx, Person person) {
        List<CheckoutSession> sessions = store.ofPerson(tx, person);
        return new Traces(
                person.customerId(),
                List.of(),
                sessions.stream().map(CheckoutSession::id).toList(),
                sessions.stream()
                        .flatMap(session -> Stream.ofNullable(session.cart()))
                        .map(CheckoutSession.CartVersion::id)
                        .toList(),
                sessions.stream()
                        .flatMap(session -> Stream.ofNullable(session.guestId()))
                        .distinct()
                        .toList());
    }

    /** A checkout whose order is being placed is kept until that has ended. */
    @Override
    public ErasedRecords erase(Person person) {
        return database.inTransaction(tx -> {
            List<UUID> guests = traced(tx, person).guestIds();
            int rows = store.deleteOfPerson(tx, person);
            if (person.customerId() != null) {
                rows += Idempotency.forget(tx, Principal.Kind.CUSTOMER, person.customerId());
            }
            for (UUID guest : store.guestsWithoutCheckouts(tx, guests)) {
                rows += Idempotency.forget(tx, Principal.Kind.GUEST, guest);
            }
            return store.ofPerson(tx, person).isEmpty()
                    ? ErasedRecords.all(rows)
                    : new ErasedRecords(rows, "an order is being placed");
        });
    }
}
