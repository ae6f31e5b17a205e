package org.cartulary.app;

import java.nio.file.Path;
import java.util.Locale;
import org.cartulary.platform.mail.MailFolder;
import org.cartulary.platform.mail.MailSender;
import org.cartulary.platform.mail.SmtpMailSender;
import org.cartulary.platform.mail.SmtpSettings;
import org.cartulary.platform.mail.SmtpSettings.Encryption;
import org.springframework.core.env.Environment;

/**
 * How mails are sent: with {@code cartulary.mail.smtp.host} by that server ({@code .port}, {@code .encryption}: STARTTLS, TLS or
 * NONE, {@code .user}, {@code .password}), else into the folder {@code cartulary.mail.folder}. They come from {@code
 * cartulary.mail.from}.
 */
final class MailSettings {

    static final String FOLDER = "cartulary.mail.folder";

    private static final String SMTP = "cartulary.mail.smtp.";
    private static final int SUBMISSION_PORT = 587;
    private static final int TLS_PORT = 465;

    private MailSettings() {}

    static MailSender sender(Environment environment) {
        String from = environment.getProperty("cartulary.mail.from", "Cartulary <no-reply@localhost>");
        String host = environment.getProperty(SMTP + "host", "");
        if (host.isEmpty()) {
            return new MailFolder(Path.of(environment.getRequiredProperty(FOLDER)), from);
        }
        Encryption encryption = Encryption.valueOf(environment
                .getProperty(SMTP + "encryption", Encryption.STARTTLS.name())
                .toUpperCase(Locale.ROOT));
        int port = environment.getProperty(
                SMTP + "port", Integer.class, encryption == Encryption.TLS ? TLS_PORT : SUBMISSION_PORT);
        return new SmtpMailSender(
                new SmtpSettings(
                        host,
                        port,
                        encryption,
                        environment.getProperty(SMTP + "user"),
                        environment.getProperty(SMTP + "password")),
                from);
    }
}
