package org.cartulary.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AUT-02")
class SmtpMailSenderTest {

    private static final UUID ID = UUID.fromString("0198c6f0-0000-7000-8000-000000000001");
    private static final Mail MAIL = new Mail(ID, "ann@example.org", "Grüße", "Ihr Code: ev_abc\n");

    private static SmtpMailSender sender(int port, SmtpSettings.Encryption encryption, @Nullable String user) {
        return new SmtpMailSender(
                new SmtpSettings("127.0.0.1", port, encryption, user, user == null ? null : "secret"),
                "Shop <no-reply@shop.example>");
    }

    @Test
    void theMailArrivesAndIsTheSameMailWhenItIsSentAgain() throws IOException {
        try (MailServer server = new MailServer()) {
            SmtpMailSender sender = sender(server.port(), SmtpSettings.Encryption.NONE, "shop");
            sender.send(MAIL);
            sender.send(MAIL);
            assertThat(server.mails())
                    .hasSize(2)
                    .allSatisfy(mail -> assertThat(mail)
                            .contains("Message-ID: <" + ID + "@shop.example>")
                            .contains("From: Shop <no-reply@shop.example>")
                            .contains("To: ann@example.org")
                            .contains("Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=")
                            .contains("Auto-Submitted: auto-generated")
                            .contains("Ihr Code: ev_abc"));
            String login = Base64.getEncoder().encodeToString("shop\0shop\0secret".getBytes(StandardCharsets.UTF_8));
            assertThat(server.commands()).contains("AUTH PLAIN " + login, "RCPT TO:<ann@example.org>");
            assertThat(sender.reachesPeople()).isTrue();
        }
    }

    @Test
    void whatIsWrongIsToldWithoutTheAddress() throws IOException {
        try (MailServer server = new MailServer()) {
            server.answerRecipientsWith("550 ann@example.org is unknown");
            assertThatExceptionOfType(MailFailedException.class)
                    .isThrownBy(() -> sender(server.port(), SmtpSettings.Encryption.NONE, null)
                            .send(MAIL))
                    .satisfies(failure -> assertThat(failure).hasNoCause())
                    .satisfies(failure ->
                            assertThat(failure.reason()).isEqualTo("the mail server refuses the address with 550"));
        }
    }

    @Test
    void noMailGoesOverALineThatIsNotEncryptedUnlessItIsAskedFor() throws IOException {
        try (MailServer server = new MailServer()) {
            assertThatExceptionOfType(MailFailedException.class)
                    .isThrownBy(() -> sender(server.port(), SmtpSettings.Encryption.STARTTLS, "shop")
                            .send(MAIL));
            assertThat(server.mails()).isEmpty();
            assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
        }
    }

    @Test
    void aServerThatIsAwayIsAFailureAndNoFault() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThatExceptionOfType(MailFailedException.class)
                .isThrownBy(
                        () -> sender(port, SmtpSettings.Encryption.NONE, null).send(MAIL))
                .satisfies(failure -> assertThat(failure.reason()).startsWith("the mail server cannot be used"));
    }

    @Test
    void settingsHideWhoLogsIn() {
        assertThat(new SmtpSettings("mail", 587, SmtpSettings.Encryption.STARTTLS, "shop", "secret").toString())
                .doesNotContain("shop", "secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SmtpSettings("mail", 587, SmtpSettings.Encryption.STARTTLS, "shop", null));
    }
}
