package org.cartulary.checkout;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.checkout.CheckoutRecordsApi;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.KeptRecords;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.idempotency.Idempotency;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What checkouts say of people. */
@RestController
final class CheckoutPersonalRecords implements CheckoutRecordsApi {

    private final Database database;
    private final CheckoutStore store;
    private final SealingCheckouts sealing;
    private final JsonMapper json;

    CheckoutPersonalRecords(Database database, CheckoutStore store, SealingCheckouts sealing, JsonMapper json) {
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

    /** A checkout whose order is being placed is kept until that has ended. */
    @Override
    public ErasedRecords erase(Person person) {
        UUID customerId = person.customerId();
        return database.inTransaction(tx -> {
            int rows = store.deleteOfPerson(tx, person) + Idempotency.forget(tx, Principal.Kind.CUSTOMER, customerId);
            return store.ofPerson(tx, person).isEmpty()
                    ? ErasedRecords.all(rows)
                    : new ErasedRecords(rows, "an order is being placed");
        });
    }
}
