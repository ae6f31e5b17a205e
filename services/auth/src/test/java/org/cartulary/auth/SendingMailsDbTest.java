package org.cartulary.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.mail.Mail;
import org.cartulary.platform.privacy.SealingKey;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AUT-02")
class SendingMailsDbTest {

    private static TestDatabase test;
    private static Passwords passwords;

    private final Shop shop = new Shop(test, passwords);

    @BeforeAll
    static void open() {
        test = TestDatabase.create("auth");
        passwords = new Passwords();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private OutgoingMailsController.OutgoingMail listed(boolean reachesPeople) {
        return new OutgoingMailsController(test.database(), shop.mails, shop.persons, new Postbox(reachesPeople))
                .newest(100).getBody().items().stream()
                        .filter(mail -> mail.tenantId().equals(shop.tenant))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void aRegistrationDoesNotWaitForTheMailServerAndNoMailIsLostWhileItIsAway() {
        shop.postbox.closed(true);
        shop.registered("patient@example.org");
        assertThat(shop.mailsTo("patient@example.org")).isEmpty();
        assertThat(listed(true))
                .satisfies(mail -> assertThat(mail.lastError()).isEqualTo("the post office is closed"))
                .satisfies(mail -> assertThat(mail.attempts()).isEqualTo(1));
        shop.postbox.closed(false);
        assertThat(shop.mailsTo("patient@example.org"))
                .as("not before the pause has passed")
                .isEmpty();
        shop.clock.advance(SendingMails.FIRST_PAUSE);
        assertThat(shop.mailsTo("patient@example.org")).hasSize(1);
        shop.clock.advance(Duration.ofHours(1));
        assertThat(shop.mailsTo("patient@example.org")).hasSize(1);
    }

    @Test
    void aMailWhoseSenderDiedIsSentAgainAsTheSameMail() {
        shop.registered("twice@example.org");
        Mail first =
                test
                        .database()
                        .asWorker(tx -> shop.mails.take(tx, 100, SendingMails.LEASE, shop.clock.instant()))
                        .stream()
                        .flatMap(taken -> mail(taken).stream())
                        .filter(mail -> mail.to().equals("twice@example.org"))
                        .findFirst()
                        .orElseThrow();
        assertThat(shop.mailsTo("twice@example.org"))
                .as("while it may still be under way")
                .isEmpty();
        shop.clock.advance(SendingMails.LEASE);
        assertThat(shop.mailsTo("twice@example.org")).containsExactly(first);
    }

    @Test
    void nodesThatSendTogetherSendEachMailOnce() throws Exception {
        for (int i = 0; i < 12; i++) {
            shop.registered("crowd" + i + "@example.org");
        }
        Concurrently.run(4, () -> {
                    shop.sending.run();
                    return true;
                })
                .valuesOrThrow();
        for (int i = 0; i < 12; i++) {
            assertThat(shop.postbox.of("crowd" + i + "@example.org")).hasSize(1);
        }
    }

    @Test
    void aMailThatBringsNothingAnyMoreIsNotSent() {
        shop.postbox.closed(true);
        shop.registered("late@example.org");
        shop.sending.run();
        shop.postbox.closed(false);
        shop.clock.advance(MailedToken.EMAIL_VERIFICATION.life());
        assertThat(shop.mailsTo("late@example.org")).isEmpty();
    }

    @Test
    void aFailureThatIsToldTooLateDoesNotPutOffWhoHasTakenTheMailUpSince() {
        shop.registered("fence@example.org");
        OutgoingMailStore.Taken slow = taken("fence@example.org");
        shop.clock.advance(SendingMails.LEASE);
        OutgoingMailStore.Taken next = taken("fence@example.org");
        assertThat(next.attempt()).isEqualTo(slow.attempt() + 1);
        test.database().<Boolean>asWorker(tx -> {
            shop.mails.failed(tx, slow, "too slow", shop.clock.instant());
            return true;
        });
        assertThat(shop.mailsTo("fence@example.org")).isEmpty();
        assertThat(listed(true).lastError()).isNull();
    }

    private Optional<Mail> mail(OutgoingMailStore.Taken taken) {
        return Contexts.system(taken.tenantId()).supply(() -> {
            try {
                return shop.persons.openMail(taken.id(), taken.content());
            } catch (IllegalStateException unreadable) {
                // Another test's, which is there to be unreadable.
                return Optional.empty();
            }
        });
    }

    private OutgoingMailStore.Taken taken(String email) {
        return test
                .database()
                .asWorker(tx -> shop.mails.take(tx, 100, SendingMails.LEASE, shop.clock.instant()))
                .stream()
                .filter(taken -> mail(taken).stream().anyMatch(mail -> mail.to().equals(email)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatAMailSaysIsEncryptedAndErasedOnceItHasLeft() {
        shop.registered("private@example.org");
        String sql = "SELECT count(*) FROM outgoing_mails WHERE tenant_id = :tenant AND content_encrypted ";
        assertThat(shop.count(sql + "NOT LIKE '%private@%'")).isEqualTo(1);
        shop.sending.run();
        assertThat(shop.count(sql + "IS NULL")).isEqualTo(1);
        assertThat(listed(true).text()).isNull();
    }

    @Test
    void theOperatorReadsMailsWhereNoServerTakesThemAndNowhereElse() {
        shop.registered("newcomer@example.org");
        assertThat(listed(true).text()).isNull();
        assertThat(listed(true).to()).isNull();
        Postbox folder = new Postbox(false);
        new SendingMails(test.database(), shop.mails, shop.persons, folder, shop.clock).run();
        OutgoingMailsController.OutgoingMail mail = listed(false);
        assertThat(mail.to()).isEqualTo("newcomer@example.org");
        assertThat(mail.text())
                .isEqualTo(folder.of("newcomer@example.org").getFirst().text());
        assertThat(mail.sentAt()).isEqualTo(shop.clock.instant());
        assertThat(listed(true).text()).isNull();
    }

    @Test
    void aMailThatCannotBeReadHoldsUpNoOther() {
        UUID unreadable = shop.registered("changed-secret@example.org");
        test.admin()
                .sql(
                        "UPDATE outgoing_mails SET content_encrypted = :content, next_attempt_at = '2025-01-01' WHERE user_id = :id")
                .param(
                        "content",
                        Contexts.system(shop.tenant)
                                .supply(() -> shop.persons.seal(
                                        shop.persons.keyOf(unreadable),
                                        new Mail(UUID.randomUUID(), "ann@example.org", "Of another row", "text"))))
                .param("id", unreadable)
                .update();
        shop.registered("behind@example.org");
        assertThat(shop.mailsTo("behind@example.org")).hasSize(1);
        assertThat(test.admin()
                        .sql("SELECT last_error FROM outgoing_mails WHERE user_id = :id")
                        .param("id", unreadable)
                        .query(String.class)
                        .single())
                .isEqualTo("it cannot be read: no secret of this process opens it");
        assertThat(listed(false)).isNotNull();
    }

    @Test
    void whatIsLoggedNamesNobody() {
        UUID id = UUID.randomUUID();
        Mail mail = new Mail(id, "ann@example.org", "Subject", "pr_token");
        assertThat(mail.toString()).isEqualTo("Mail[id=" + id + "]");
        SealingKey key = Contexts.system(shop.tenant).supply(() -> shop.persons.keyOf(id));
        assertThat(new LogIn("ann@example.org", "pr_token", null, null).toString())
                .doesNotContain("ann@", "pr_token");
        assertThat(new Account(id, "ann@example.org", key).toString()).doesNotContain("ann@");
        assertThat(new Person(id, "ann@example.org", "Ann", "Doe").toString()).doesNotContain("ann@", "Doe");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Mail(id, "ann@example.org", "Subject\r\nBcc: eve@example.org", ""));
    }

    @Test
    void mailsAreForgottenAWeekAfterTheyAreWorthNothing() {
        Shop now = new Shop(test, passwords);
        now.clock.set(Clock.systemUTC().instant());
        now.registered("today@example.org");
        shop.registered("long-ago@example.org");
        Shop.forgetExpired(test);
        for (String table : List.of("outgoing_mails", "email_verifications")) {
            String sql = "SELECT count(*) FROM " + table + " WHERE tenant_id = :tenant";
            assertThat(shop.count(sql)).as(table).isZero();
            assertThat(now.count(sql)).as(table).isEqualTo(1);
        }
    }
}
