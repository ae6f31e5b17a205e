package org.cartulary.auth;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.mail.Mail;

/** Makes tokens and writes the mails that bring them, in the transaction that asks for it. Thread-safe. */
final class MailingTokens {

    private final MailTexts texts;
    private final OutgoingMailStore mails;
    private final MailedTokenStore tokens = new MailedTokenStore();

    MailingTokens(MailTexts texts, OutgoingMailStore mails) {
        this.texts = texts;
        this.mails = mails;
    }

    /** Two statements and as much work for an account that does not exist as for one that does. */
    void mail(Transaction tx, UUID tenantId, MailedToken kind, Account account, Instant now) {
        String token = SecretTexts.next(kind.prefix());
        Mail mail = texts.mail(kind, Ids.next(), tenantId, account.email(), token);
        tokens.insert(tx, tenantId, kind, account.userId(), token, now);
        mails.insert(tx, tenantId, account.userId(), kind, mail, now);
    }
}
