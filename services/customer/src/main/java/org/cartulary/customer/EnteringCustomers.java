package org.cartulary.customer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.customer.CustomerPerson;
import org.cartulary.customer.CustomerEntryStore.Write;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.privacy.EmailAddress;
import org.cartulary.platform.privacy.SealingKey;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Enters the customers that a shop knows from elsewhere: all of a batch or none. What is sealed cannot be compared by the
 * database: so customers are read, opened and sealed anew outside of transactions, and written only as far as they still are what
 * was read; else everything is done again. Thread-safe.
 */
final class EnteringCustomers {

    /** Each time somebody else has written one of the customers, so that two who enter the same ones need two. */
    private static final int MAX_ATTEMPTS = 10;

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Database database;
    private final CustomerEntryStore store;
    private final SealingCustomers sealed;
    private final JsonMapper json;

    EnteringCustomers(Database database, CustomerEntryStore store, SealingCustomers sealed, JsonMapper json) {
        this.database = database;
        this.store = store;
        this.sealed = sealed;
        this.json = json;
    }

    /** What an entry asks for, beside what there was. */
    private record Wish(
            CustomerEntry entry,
            @Nullable StoredCustomer present,
            CustomerPerson person,
            @Nullable String country,
            boolean changes) {

        UUID id() {
            return present == null ? entry.id() : present.id();
        }

        EnteredCustomer outcome() {
            EntryOutcome outcome = present == null ? EntryOutcome.CREATED : EntryOutcome.UPDATED;
            return new EnteredCustomer(entry.customerNumber(), id(), changes ? outcome : EntryOutcome.UNCHANGED);
        }
    }

    /** Somebody else has written one of the customers meanwhile. */
    private static final class Overtaken extends RuntimeException {

        private static final long serialVersionUID = 1;

        Overtaken() {
            super("a customer was written by somebody else", null, false, false);
        }
    }

    /**
     * Enters the customers.
     *
     * @throws ProblemException 422 {@code duplicate-entry} if a number or an e-mail address is in the batch twice, 409
     *     {@code email-taken} if another customer has an address
     */
    List<EnteredCustomer> enter(List<CustomerEntry> entries) {
        requireDistinct(entries);
        for (int attempt = 1; ; attempt++) {
            List<Wish> wishes = wishes(entries);
            try {
                write(wishes);
                return wishes.stream().map(Wish::outcome).toList();
            } catch (DuplicateKeyException e) {
                throw emailTaken(entries);
            } catch (Overtaken overtaken) {
                if (attempt == MAX_ATTEMPTS) {
                    throw ProblemException.conflict(
                            "customers-changing", "others are entering the same customers; try again");
                }
            }
        }
    }

    private List<Wish> wishes(List<CustomerEntry> entries) {
        UUID tenantId = RequestContext.currentTenant();
        List<String> numbers =
                entries.stream().map(CustomerEntry::customerNumber).toList();
        Map<String, StoredCustomer> present = database.inReadTransaction(tx -> store.find(tx, tenantId, numbers));
        sealed.prepare(present.values());
        return entries.stream()
                .map(entry -> wish(entry, present.get(entry.customerNumber())))
                .toList();
    }

    private Wish wish(CustomerEntry entry, @Nullable StoredCustomer present) {
        if (present == null) {
            return new Wish(entry, null, person(entry), entry.country(), true);
        }
        String country = entry.country() == null ? present.country() : entry.country();
        CustomerPerson before = sealed.person(present).orElse(null);
        CustomerPerson after = before == null ? person(entry) : merged(before, entry, present.registered());
        boolean changes = !after.equals(before) || !Objects.equals(country, present.country());
        return new Wish(entry, present, after, country, changes);
    }

    private CustomerPerson person(CustomerEntry entry) {
        return new CustomerPerson(
                entry.email(),
                entry.phone(),
                entry.firstName(),
                entry.lastName(),
                null,
                null,
                entry.metadata() == null ? Map.of() : json.readValue(entry.metadata(), OBJECT));
    }

    /** What is left out stays; a registered customer's address changes with its account only. */
    private CustomerPerson merged(CustomerPerson before, CustomerEntry entry, boolean registered) {
        Map<String, Object> metadata = new HashMap<>(before.metadata());
        if (entry.metadata() != null) {
            metadata.putAll(json.readValue(entry.metadata(), OBJECT));
        }
        return new CustomerPerson(
                registered ? before.email() : entry.email(),
                otherwise(entry.phone(), before.phone()),
                otherwise(entry.firstName(), before.firstName()),
                otherwise(entry.lastName(), before.lastName()),
                before.dateOfBirth(),
                before.gender(),
                metadata);
    }

    private static @Nullable String otherwise(@Nullable String said, @Nullable String before) {
        return said == null ? before : said;
    }

    private void write(List<Wish> wishes) {
        List<Wish> changes = wishes.stream().filter(Wish::changes).toList();
        if (changes.isEmpty()) {
            return;
        }
        Map<UUID, SealingKey> keys =
                sealed.keysOf(changes.stream().map(Wish::id).toList());
        List<Write> created = new ArrayList<>();
        List<Write> updated = new ArrayList<>();
        for (Wish wish : changes) {
            SealingKey key = keys.get(wish.id());
            if (key == null) {
                // Who is being forgotten is gone when it is read again.
                throw new Overtaken();
            }
            (wish.present() == null ? created : updated).add(write(wish, key));
        }
        UUID tenantId = RequestContext.currentTenant();
        database.<Boolean>inTransaction(tx -> {
            requireAll(created, store::insert, tx, tenantId);
            requireAll(updated, store::update, tx, tenantId);
            AuditLog.record(
                    tx,
                    AuditedAct.of("customers.entered", "tenant", tenantId)
                            .with("created", created.size())
                            .with("changed", updated.size()));
            return true;
        });
    }

    private Write write(Wish wish, SealingKey key) {
        StoredCustomer present = wish.present();
        boolean keepsAddress = present != null && present.registered();
        return new Write(
                wish.id(),
                wish.entry().customerNumber(),
                keepsAddress ? null : sealed.emailIndex(wish.person().email()),
                sealed.seal(key, wish.id(), wish.person()),
                wish.country(),
                present == null ? 0 : present.version());
    }

    private interface Writing {
        int write(Transaction tx, UUID tenantId, List<Write> writes);
    }

    private static void requireAll(List<Write> writes, Writing writing, Transaction tx, UUID tenantId) {
        if (!writes.isEmpty() && writing.write(tx, tenantId, writes) != writes.size()) {
            throw new Overtaken();
        }
    }

    private ProblemException emailTaken(List<CustomerEntry> entries) {
        UUID tenantId = RequestContext.currentTenant();
        ProblemException problem =
                ProblemException.conflict("email-taken", "another customer has one of the e-mail addresses");
        List<String> numbers =
                entries.stream().map(CustomerEntry::customerNumber).toList();
        List<String> indexes =
                entries.stream().map(entry -> sealed.emailIndex(entry.email())).toList();
        database.inReadTransaction(tx -> store.placesOfTakenEmails(tx, tenantId, numbers, indexes))
                .forEach(place -> problem.with(
                        "/customers/" + place + "/email", "taken", "another customer has this e-mail address"));
        return problem;
    }

    private static void requireDistinct(List<CustomerEntry> entries) {
        ProblemException problem =
                ProblemException.unprocessable("duplicate-entry", "a number or an e-mail address is there twice");
        Set<String> numbers = new HashSet<>();
        Set<EmailAddress> emails = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            if (!numbers.add(entries.get(i).customerNumber())) {
                problem.with("/customers/" + i + "/customerNumber", "duplicate", "this number is there twice");
            }
            if (!emails.add(EmailAddress.of(entries.get(i).email()))) {
                problem.with("/customers/" + i + "/email", "duplicate", "this e-mail address is there twice");
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }
}
