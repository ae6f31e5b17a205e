package org.cartulary.auth;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.mail.Mail;

/** Makes tokens and writes the mails that bring them, in the transaction that asks for it. Thread-safe. */
final class MailingTokens {

    private static final String ACCOUNT_EXISTS = "ACCOUNT_EXISTS";

    private final UnidentifiedCallers database;
    private final MailTexts texts;
    private final OutgoingMailStore mails;
    private final SealingPersons persons;
    private final MailedTokenStore tokens = new MailedTokenStore();

    MailingTokens(Database database, MailTexts texts, OutgoingMailStore mails, SealingPersons persons) {
        this.database = new UnidentifiedCallers(database);
        this.texts = texts;
        this.mails = mails;
        this.persons = persons;
    }

    /** Finds whom a mail that anybody asks for is for. */
    @FunctionalInterface
    interface AddresseeSearch {
        Optional<StoredPerson> find(Transaction tx, String emailIndex);
    }

    /** What became of a request, and whom it concerns. */
    private record Request(boolean allowed, Optional<StoredPerson> addressee) {}

    /**
     * Mails a token, if not too many were asked for. The address is opened between two transactions, and what is done takes as
     * long where nobody has it.
     */
    void request(MailedToken kind, String email, AddresseeSearch search, Instant now) {
        UUID tenantId = RequestContext.currentTenant();
        String emailIndex = persons.emailIndex(email);
        Request request = database.inTransaction(tx -> {
            boolean allowed = tokens.claimRequest(tx, tenantId, kind.purpose(), emailIndex, now);
            return new Request(allowed, allowed ? search.find(tx, emailIndex) : Optional.empty());
        });
        if (request.allowed()) {
            Account account = persons.account(email, request.addressee());
            database.<Boolean>inTransaction(tx -> {
                mail(tx, tenantId, kind, account, now);
                return true;
            });
        }
    }

    /** Two statements and as much work for an account that does not exist as for one that does. */
    void mail(Transaction tx, UUID tenantId, MailedToken kind, Account account, Instant now) {
        String token = SecretTexts.next(kind.prefix());
        Mail mail = texts.mail(kind, Ids.next(), tenantId, account.email(), token);
        tokens.insert(tx, tenantId, kind, account.userId(), token, now);
        write(tx, tenantId, account, kind.name(), mail, now.plus(kind.life()), now);
    }

    /** Tells the holder of an account that somebody registers with the address: as much work as the mail that verifies one. */
    void mailThatAccountExists(Transaction tx, UUID tenantId, Account account, Instant now) {
        MailedToken other = MailedToken.EMAIL_VERIFICATION;
        UUID nobody = Ids.next();
        tokens.forget(tx, tenantId, other, nobody);
        tokens.insert(tx, tenantId, other, nobody, SecretTexts.next(other.prefix()), now);
        Mail mail = texts.accountExists(Ids.next(), account.email());
        write(tx, tenantId, account, ACCOUNT_EXISTS, mail, now.plus(other.life()), now);
    }

    private void write(
            Transaction tx, UUID tenantId, Account account, String kind, Mail mail, Instant expiresAt, Instant now) {
        String content = persons.seal(account.key(), mail);
        mails.insert(
                tx,
                tenantId,
                new OutgoingMailStore.NewMail(mail.id(), account.userId(), kind, content, expiresAt),
                now);
    }
}
