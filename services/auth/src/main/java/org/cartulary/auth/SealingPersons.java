package org.cartulary.auth;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.customer.CustomerPerson;
import org.cartulary.platform.mail.Mail;
import org.cartulary.platform.privacy.PersonalData;
import org.cartulary.platform.privacy.Place;
import org.cartulary.platform.privacy.SealingKey;
import org.cartulary.platform.privacy.Subject;
import tools.jackson.databind.json.JsonMapper;

/**
 * How this service seals what it keeps on people: under the key of the user, whose id is that of the subject. What seals may be
 * done within a transaction; keys are got, and values opened, before or after it. Thread-safe.
 */
final class SealingPersons {

    static final Place PERSON = new Place("auth.users.person_sealed");
    static final Place MAIL = new Place("auth.outgoing_mails.content_encrypted");

    private static final int MAIL_FIELDS = 3;

    private final PersonalData personalData;
    private final JsonMapper json;

    SealingPersons(PersonalData personalData, JsonMapper json) {
        this.personalData = personalData;
        this.json = json;
    }

    /** What is sealed of a user. */
    private record Details(String email, String firstName, String lastName) {

        @Override
        public String toString() {
            return "Details[]";
        }
    }

    /** Under which log-ins and mails are counted and accounts are found, whatever its spelling. */
    String emailIndex(String email) {
        return personalData.emailIndex(email);
    }

    /** As the other, for work that has no tenant. */
    String emailIndex(UUID tenantId, String email) {
        return personalData.emailIndex(tenantId, email);
    }

    /** As whom somebody with this address buys without an account. */
    UUID guestSubject(String email) {
        return personalData.guest(email).id();
    }

    SealingKey keyOf(UUID userId) {
        return personalData.keyOf(Subject.account(userId));
    }

    String seal(SealingKey key, Person person) {
        return personalData.seal(
                key,
                PERSON,
                person.userId(),
                json.writeValueAsString(new Details(person.email(), person.firstName(), person.lastName())));
    }

    /** The person as the customer service will keep it: sealed for its place, so that the event tells nothing on its way. */
    String sealForCustomer(SealingKey key, Person person) {
        return personalData.seal(
                key,
                CustomerPerson.PLACE,
                person.userId(),
                json.writeValueAsString(
                        CustomerPerson.registered(person.email(), person.firstName(), person.lastName())));
    }

    /** Who it is, unless the user was forgotten. */
    Optional<Person> open(UUID userId, String sealed) {
        return personalData.open(PERSON, userId, sealed).map(text -> {
            Details details = json.readValue(text, Details.class);
            return new Person(userId, details.email(), details.firstName(), details.lastName());
        });
    }

    /** Whom a mail is for; it costs the same for an address without an account, and leaves nothing. */
    Account account(String email, Optional<StoredPerson> stored) {
        return stored.flatMap(user -> open(user.userId(), user.personSealed())
                        .map(person -> new Account(user.userId(), person.email(), keyOf(user.userId()))))
                .orElseGet(() -> Account.nobody(email, personalData.ofNobody(email)));
    }

    /** Neither addresses nor subjects have more than a line. */
    String seal(SealingKey key, Mail mail) {
        return personalData.seal(key, MAIL, mail.id(), String.join("\n", mail.to(), mail.subject(), mail.text()));
    }

    /** The mail, unless whom it was for was forgotten. */
    Optional<Mail> openMail(UUID mailId, String sealed) {
        return personalData.open(MAIL, mailId, sealed).map(text -> {
            String[] fields = text.split("\n", MAIL_FIELDS);
            return new Mail(mailId, fields[0], fields[1], fields[2]);
        });
    }

    /** Gets the keys of what is to be opened by one call. */
    void prepare(List<String> sealed) {
        personalData.prepare(sealed);
    }
}
