package org.cartulary.auth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.cartulary.platform.mail.Mail;

/**
 * What mails say. A link leads to the shop's own page, since the platform has none, which asks for what
 * is needed beside the token; without one, the mail tells the code.
 *
 * @param verificationLink where an address is verified: a page that asks for the password, with {@code {token}} and perhaps {@code {tenant}} in it, or empty
 * @param resetLink where a new password is set, likewise
 */
record MailTexts(String verificationLink, String resetLink) {

    Mail mail(MailedToken kind, UUID mailId, UUID tenantId, String to, String token) {
        return switch (kind) {
            case EMAIL_VERIFICATION ->
                new Mail(mailId, to, "Please confirm your e-mail address", """
                        Welcome! Please confirm that this e-mail address is yours, within two days. You are asked for the
                        password you registered with; then you can log in:

                        %s

                        If you have registered more than once, only the newest mail counts. If your password is not taken,
                        somebody else has registered with your address after you: register again, or set a new password.
                        If you have not opened an account, ignore this mail: nobody can log in then.
                        """.formatted(
                                way(verificationLink, tenantId, token)));
            case PASSWORD_RESET ->
                new Mail(mailId, to, "Your new password", """
                        Somebody, we hope you, has forgotten the password of this account. Set a new one within an hour:

                        %s

                        If it was not you, ignore this mail: your password stays as it is.
                        """.formatted(way(resetLink, tenantId, token)));
            case INVITATION ->
                new Mail(mailId, to, "You are invited to work for a shop", """
                        An account was opened for you with this e-mail address, to work for a shop. Set your password within
                        three days; then you can log in:

                        %s

                        If that comes too late, say where you log in that you have forgotten your password: then another mail
                        comes. If you do not know of it, ignore this mail.
                        """.formatted(
                                way(resetLink, tenantId, token)));
        };
    }

    /** For the holder of an account with whose address somebody has registered. */
    Mail accountExists(UUID mailId, String to) {
        return new Mail(mailId, to, "You have an account already", """
                Somebody, we hope you, has registered with this e-mail address, which has an account already. Log in with
                the password of that account. If you have forgotten it, say so where you log in: then a mail comes with
                which you set a new one.

                If it was not you, ignore this mail: nothing has changed.
                """);
    }

    private static String way(String link, UUID tenantId, String token) {
        return link.isEmpty()
                ? "Your code: " + token
                : link.replace("{tenant}", tenantId.toString())
                        .replace("{token}", URLEncoder.encode(token, StandardCharsets.UTF_8));
    }
}
