package org.cartulary.auth;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.AccountRecordsApi;
import org.cartulary.contracts.auth.FindAccount;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.KeptRecords;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What is kept on people who have accounts. */
@RestController
final class AccountRecordsEndpoint implements AccountRecordsApi {

    private final Database database;
    private final SealedPersons persons;
    private final JsonMapper json;
    private final AccountRecordStore store = new AccountRecordStore();

    AccountRecordsEndpoint(Database database, SealedPersons persons, JsonMapper json) {
        this.database = database;
        this.persons = persons;
        this.json = json;
    }

    @Override
    public Person identify(FindAccount query) {
        UUID guest = find(query.userId())
                .filter(AccountRecordStore.Kept::emailVerified)
                .flatMap(this::opened)
                .map(person -> persons.guestSubject(person.email()))
                .orElse(null);
        return new Person(query.userId(), guest);
    }

    @Override
    public KeptRecords export(Person person) {
        Optional<AccountRecordStore.Kept> kept = find(person.customerId());
        if (kept.isEmpty()) {
            return new KeptRecords(List.of());
        }
        return new KeptRecords(List.of(
                new KeptRecord("account", "Your account.", kept.get().account()),
                new KeptRecord(
                        "person",
                        "Who you are, as you said when you registered.",
                        opened(kept.get()).map(json::writeValueAsString).orElse("null")),
                new KeptRecord(
                        "sessions",
                        "When and with which programs you have logged in.",
                        kept.get().sessions())));
    }

    @Override
    public ErasedRecords erase(Person person) {
        UUID tenantId = RequestContext.currentTenant();
        return ErasedRecords.all(database.inTransaction(tx -> store.erase(tx, tenantId, person.customerId())));
    }

    private Optional<AccountRecordStore.Kept> find(UUID userId) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> store.find(tx, tenantId, userId));
    }

    private Optional<org.cartulary.auth.Person> opened(AccountRecordStore.Kept kept) {
        return persons.open(kept.person().userId(), kept.person().personSealed());
    }
}
