package org.cartulary.platform.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Sends mails by a mail server, each over a connection of its own. Thread-safe. */
public final class SmtpMailSender implements MailSender {

    private static final String TIMEOUT_MILLIS = "10000";

    private final SmtpSettings settings;
    private final String from;
    private final Session session;

    /**
     * Sends by this server.
     *
     * @param from the address that mails come from, such as {@code Shop <no-reply@shop.example>}
     */
    public SmtpMailSender(SmtpSettings settings, String from) {
        this.settings = settings;
        this.from = from;
        session = Session.getInstance(properties(settings));
    }

    private static Properties properties(SmtpSettings settings) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.auth", String.valueOf(settings.user() != null));
        properties.setProperty(
                "mail.smtp.ssl.enable", String.valueOf(settings.encryption() == SmtpSettings.Encryption.TLS));
        String startTls = String.valueOf(settings.encryption() == SmtpSettings.Encryption.STARTTLS);
        properties.setProperty("mail.smtp.starttls.enable", startTls);
        properties.setProperty("mail.smtp.starttls.required", startTls);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        for (String timeout : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty("mail.smtp." + timeout, TIMEOUT_MILLIS);
        }
        return properties;
    }

    @Override
    public void send(Mail mail) {
        try {
            MimeMail mime = MimeMail.of(session, from, mail);
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
                transport.sendMessage(mime, mime.getAllRecipients());
            }
        } catch (MessagingException e) {
            throw new MailFailedException(reason(e));
        }
    }

    /** What is wrong, without what the server said. */
    private static String reason(MessagingException failure) {
        for (Throwable at = failure; at != null; at = next(at)) {
            if (at instanceof SMTPAddressFailedException refused) {
                return "the mail server refuses the address with " + refused.getReturnCode();
            }
            if (at instanceof SMTPSendFailedException refused && refused.getNextException() == null) {
                return "the mail server refuses the mail with " + refused.getReturnCode();
            }
        }
        return "the mail server cannot be used: " + failure.getClass().getSimpleName();
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof MessagingException messaging ? messaging.getNextException() : failure.getCause();
    }

    @Override
    public boolean reachesPeople() {
        return true;
    }
}
