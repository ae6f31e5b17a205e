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
    private final SealingPersons persons;
    private final JsonMapper json;
    private final AccountRecordStore store = new AccountRecordStore();

    AccountRecordsEndpoint(Database database, SealingPersons persons, JsonMapper json) {
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
        UUID userId = person.customerId();
        Optional<AccountRecordStore.Kept> kept = userId == null ? Optional.empty() : find(userId);
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
                        kept.get().sessions()),
                new KeptRecord(
                        "mails",
                        "Which mails were sent to you, and when.",
                        kept.get().mails()),
                new KeptRecord(
                        "security",
                        "Log-ins that failed, mails that were asked for, and how your account is protected; no secrets.",
                        kept.get().security())));
    }

    @Override
    public ErasedRecords erase(Person person) {
        UUID tenantId = RequestContext.currentTenant();
        UUID userId = person.customerId();
        return userId == null
                ? ErasedRecords.all(0)
                : ErasedRecords.all(database.inTransaction(tx -> store.erase(tx, tenantId, userId)));
    }

    /** As the platform: some of what is kept on customers, their transactions do not see. Whose it is, the caller says. */
    private Optional<AccountRecordStore.Kept> find(UUID userId) {
        UUID tenantId = RequestContext.currentTenant();
        return RequestContext.current()
                .asSystem()
                .supply(() -> database.inReadTransaction(tx -> store.find(tx, tenantId, userId)));
    }

    private Optional<org.cartulary.auth.Person> opened(AccountRecordStore.Kept kept) {
        return persons.open(kept.person().userId(), kept.person().personSealed());
    }
}
