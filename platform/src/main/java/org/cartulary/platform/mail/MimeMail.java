package org.cartulary.platform.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A mail as it goes over the wire. Its Message-ID is made of the mail's id, and of the sender's domain. */
final class MimeMail extends MimeMessage {

    private final String messageId;

    private MimeMail(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    /**
     * Writes the mail.
     *
     * @throws MessagingException if one of the addresses is none
     */
    static MimeMail of(Session session, String from, Mail mail) throws MessagingException {
        InternetAddress sender = new InternetAddress(from, true);
        String domain = sender.getAddress().replaceFirst("^.*@", "");
        MimeMail mime = new MimeMail(session, "<" + mail.id() + "@" + domain + ">");
        mime.setFrom(sender);
        mime.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to(), true));
        mime.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        mime.setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)));
        // Nobody's holiday notice is an answer to it (RFC 3834).
        mime.setHeader("Auto-Submitted", "auto-generated");
        mime.setText(mail.text(), StandardCharsets.UTF_8.name());
        mime.saveChanges();
        return mime;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
