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

    private final Database database;
    private final MailTexts texts;
    private final OutgoingMailStore mails;
    private final SealedPersons persons;
    private final MailedTokenStore tokens = new MailedTokenStore();

    MailingTokens(Database database, MailTexts texts, OutgoingMailStore mails, SealedPersons persons) {
        this.database = database;
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
            boolean allowed = tokens.claimRequest(tx, tenantId, kind, emailIndex, now);
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
        mails.insert(tx, tenantId, account.userId(), kind, mail.id(), persons.seal(account.key(), mail), now);
    }
}
