package org.cartulary.auth;

import static org.cartulary.platform.audit.PersonalDataCategory.EMAIL;
import static org.cartulary.platform.audit.PersonalDataCategory.FREE_FORM;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.DisclosesPersonalData;
import org.cartulary.platform.audit.PersonalData;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.PlatformWide;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.mail.Mail;
import org.cartulary.platform.mail.MailSender;
import org.jspecify.annotations.Nullable;
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

    private final Database database;
    private final OutgoingMailStore store;
    private final MailSender sender;

    OutgoingMailsController(Database database, OutgoingMailStore store, MailSender sender) {
        this.database = database;
        this.store = store;
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
            @PersonalData(EMAIL) @Nullable String to,
            @PersonalData(FREE_FORM) @Nullable String subject,
            @PersonalData(FREE_FORM) @Nullable String text)
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

    /** The newest mails of all shops. */
    @GetMapping("/api/v1/admin/outgoing-mails")
    @SqlBudget(statements = 4, transactions = 2)
    @DisclosesPersonalData
    @PlatformWide
    @RequirePermission(Permissions.OPERATIONS_RUN)
    ResponseEntity<OutgoingMails> newest(@RequestParam(required = false) @Nullable Integer limit) {
        int length = Pages.limit(limit);
        List<OutgoingMail> items = database.asWorker(tx -> store.newest(tx, length, !sender.reachesPeople())).stream()
                .map(OutgoingMailsController::view)
                .toList();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new OutgoingMails(items));
    }

    private static OutgoingMail view(OutgoingMailStore.Listed mail) {
        return new OutgoingMail(
                mail.tenantId(),
                mail.id(),
                mail.kind(),
                mail.attempts(),
                mail.lastError(),
                mail.sentAt(),
                mail.expiresAt(),
                mail.createdAt(),
                mail.mail().map(Mail::to).orElse(null),
                mail.mail().map(Mail::subject).orElse(null),
                mail.mail().map(Mail::text).orElse(null));
    }
}
