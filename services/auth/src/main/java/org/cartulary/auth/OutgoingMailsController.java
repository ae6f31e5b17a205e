package org.cartulary.auth;

import static org.cartulary.platform.audit.PersonalDataCategory.EMAIL;
import static org.cartulary.platform.audit.PersonalDataCategory.FREE_FORM;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.audit.Personal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.PlatformWide;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.mail.Mail;
import org.cartulary.platform.mail.MailSender;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the operator sees what became of mails. Address and text are shown only where no mail server is configured: then this is
 * where mails arrive. Otherwise they are nobody's but the person's.
 */
@RestController
final class OutgoingMailsController {

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingMailsController.class);

    private final Database database;
    private final OutgoingMailStore store;
    private final SealingPersons persons;
    private final MailSender sender;

    OutgoingMailsController(Database database, OutgoingMailStore store, SealingPersons persons, MailSender sender) {
        this.database = database;
        this.store = store;
        this.persons = persons;
        this.sender = sender;
    }

    record OutgoingMail(
            UUID tenantId,
            UUID id,
            String kind,
            int attempts,
            @Nullable String lastError,
            @Nullable Instant sentAt,
            Instant expiresAt,
            Instant createdAt,
            @Personal(EMAIL) @Nullable String to,
            @Personal(FREE_FORM) @Nullable String subject,
            @Personal(FREE_FORM) @Nullable String text)
            implements AboutPerson {

        @Override
        public DataSubject dataSubject() {
            return new DataSubject(tenantId, "outgoing-mail", id, null);
        }

        @Override
        public String toString() {
            return "OutgoingMail[id=" + id + "]";
        }
    }

    record OutgoingMails(List<OutgoingMail> items) {}

    /** The newest mails of all shops. Where they are shown, the key of each person may have to be asked for. */
    @GetMapping("/api/v1/admin/outgoing-mails")
    @SqlBudget(statements = 204, transactions = 102)
    @DisclosesPersonalData
    @PlatformWide
    @RequirePermission(Permissions.OPERATIONS_RUN)
    ResponseEntity<OutgoingMails> newest(@RequestParam(required = false) @Nullable Integer limit) {
        int length = Pages.limit(limit);
        List<OutgoingMail> items = database.asWorker(tx -> store.newest(tx, length, !sender.reachesPeople())).stream()
                .map(this::view)
                .toList();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new OutgoingMails(items));
    }

    private OutgoingMail view(OutgoingMailStore.Listed mail) {
        Optional<Mail> opened = opened(mail);
        return new OutgoingMail(
                mail.tenantId(),
                mail.id(),
                mail.kind(),
                mail.attempts(),
                mail.lastError(),
                mail.sentAt(),
                mail.expiresAt(),
                mail.createdAt(),
                opened.map(Mail::to).orElse(null),
                opened.map(Mail::subject).orElse(null),
                opened.map(Mail::text).orElse(null));
    }

    /** That a mail cannot be read must not keep the operator from seeing that it is there. */
    private Optional<Mail> opened(OutgoingMailStore.Listed mail) {
        String content = mail.content();
        if (content == null) {
            return Optional.empty();
        }
        try {
            return RequestContext.ofSystem(mail.tenantId()).supply(() -> persons.openMail(mail.id(), content));
        } catch (IllegalStateException unreadable) {
            LOG.warn("the mail {} cannot be read", mail.id(), unreadable);
            return Optional.empty();
        }
    }
}
