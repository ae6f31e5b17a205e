package org.cartulary.auth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.cartulary.platform.mail.Mail;

/**
 * What mails say. A link leads to the shop's own page, since the platform has none; without one, the mail tells the code.
 *
 * @param verificationLink where an address is verified, with {@code {token}} and perhaps {@code {tenant}} in it, or empty
 * @param resetLink where a new password is set, likewise
 */
record MailTexts(String verificationLink, String resetLink) {

    Mail mail(MailedToken kind, UUID mailId, UUID tenantId, String to, String token) {
        return switch (kind) {
            case EMAIL_VERIFICATION ->
                new Mail(mailId, to, "Please confirm your e-mail address", """
                        Welcome! Please confirm that this e-mail address is yours, within two days:

                        %s

                        If you have not opened an account, leave this mail alone: nothing happens then.
                        """.formatted(
                                way(verificationLink, tenantId, token)));
            case PASSWORD_RESET ->
                new Mail(mailId, to, "Your new password", """
                        Somebody, we hope you, has forgotten the password of this account. Set a new one within an hour:

                        %s

                        If it was not you, leave this mail alone: your password stays as it is.
                        """.formatted(way(resetLink, tenantId, token)));
        };
    }

    private static String way(String link, UUID tenantId, String token) {
        return link.isEmpty()
                ? "Your code: " + token
                : link.replace("{tenant}", tenantId.toString())
                        .replace("{token}", URLEncoder.encode(token, StandardCharsets.UTF_8));
    }
}
