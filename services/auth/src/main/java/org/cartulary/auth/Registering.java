package org.cartulary.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.SealingKey;

/**
 * Registers customers. Who registers learns by mail only what became of it, and each case costs the same: a new address gets a
 * mail that verifies it, so does one that nobody has verified yet, whose account is replaced, and the holder of an account is told
 * that there is one. An account is written in the transaction that writes its mail; the mail is sent later. Thread-safe.
 */
final class Registering {

    /** Whoever is quicker has used up one of the few mails of the hour, so that nobody is overtaken this often. */
    private static final int MAX_ATTEMPTS = 10;

    private final UnidentifiedCallers database;
    private final Passwords passwords;
    private final MailingTokens mailing;
    private final SealingPersons persons;
    private final Clock clock;
    private final MailedTokenStore tokens = new MailedTokenStore();
    private final UserStore users = new UserStore();

    Registering(Database database, Passwords passwords, MailingTokens mailing, SealingPersons persons, Clock clock) {
        this.database = new UnidentifiedCallers(database);
        this.passwords = passwords;
        this.mailing = mailing;
        this.persons = persons;
        this.clock = clock;
    }

    /** A registration whose password is good. */
    private record Application(
            String email, String firstName, String lastName, String emailIndex, String passwordHash, Instant at) {

        @Override
        public String toString() {
            return "Application[]";
        }
    }

    /** Registers, or tells the holder of the address; beyond the registrations of one address that are answered in an hour it does nothing. */
    RegisterResult register(String email, String password, String firstName, String lastName) {
        Optional<PasswordRules.Refusal> refusal =
                PasswordRules.refusal(password, new Person(Ids.next(), email, firstName, lastName));
        if (refusal.isPresent()) {
            return new RegisterResult.PasswordRefused(refusal.get());
        }
        Application application = new Application(
                email, firstName, lastName, persons.emailIndex(email), passwords.hash(password), clock.instant());
        UUID tenantId = RequestContext.currentTenant();
        boolean allowed = database.inTransaction(tx -> tokens.claimRequest(
                tx, tenantId, MailPurpose.REGISTRATION, application.emailIndex(), application.at()));
        if (allowed) {
            for (int attempt = 1; !tryToRegister(tenantId, application); attempt++) {
                if (attempt == MAX_ATTEMPTS) {
                    throw new IllegalStateException("a registration was overtaken too often");
                }
            }
        }
        return new RegisterResult.Accepted();
    }

    /** Whether it came to a decision; it does not if somebody else has registered or verified the address since it was looked at. */
    private boolean tryToRegister(UUID tenantId, Application application) {
        Optional<Registrant> present =
                database.inReadTransaction(tx -> users.findRegistrant(tx, tenantId, application.emailIndex()));
        // A key for a new account is made where there is one already, too: else the time it takes would tell.
        UUID newId = Ids.next();
        SealingKey newKey = persons.keyOf(newId);
        Account holder = persons.account(application.email(), present.map(Registrant::person));
        boolean replaces = present.filter(Registrant::pending).isPresent();
        Account applicant = replaces
                ? new Account(holder.userId(), application.email(), holder.key())
                : new Account(newId, application.email(), newKey);
        NewUser user = account(tenantId, applicant, application);
        boolean isHeld = present.isPresent() && !replaces;
        return database.inTransaction(tx -> {
            if (users.register(tx, user, application.at())) {
                mailVerification(tx, tenantId, applicant, application.at());
                return true;
            }
            if (isHeld) {
                mailing.mailThatAccountExists(tx, tenantId, holder, application.at());
            }
            return isHeld;
        });
    }

    private NewUser account(UUID tenantId, Account applicant, Application application) {
        Person person =
                new Person(applicant.userId(), application.email(), application.firstName(), application.lastName());
        return new NewUser(
                tenantId,
                applicant.userId(),
                application.emailIndex(),
                persons.seal(applicant.key(), person),
                application.passwordHash(),
                Roles.CUSTOMER);
    }

    /** Only the newest mail is good for what was registered last: an older one may be about somebody else's password. */
    private void mailVerification(Transaction tx, UUID tenantId, Account applicant, Instant now) {
        tokens.forget(tx, tenantId, MailedToken.EMAIL_VERIFICATION, applicant.userId());
        mailing.mail(tx, tenantId, MailedToken.EMAIL_VERIFICATION, applicant, now);
    }
}
