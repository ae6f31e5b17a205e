package org.cartulary.platform.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * Puts each mail into a folder, as a file {@code ID.eml} that mail programs open: for whoever tries the platform without a mail
 * server. The files belong to the user who runs the process alone. Thread-safe.
 */
public final class MailFolder implements MailSender {

    private final Path folder;
    private final String from;
    private final Session session = Session.getInstance(new Properties());

    /** Puts mails into this folder, which is made with the first one. */
    public MailFolder(Path folder, String from) {
        this.folder = folder;
        this.from = from;
    }

    @Override
    public void send(Mail mail) {
        try {
            Files.createDirectories(folder);
            // Made for its owner alone, and whole as soon as it has its name.
            Path unfinished = Files.createTempFile(folder, mail.id().toString(), ".part");
            try {
                try (OutputStream file = Files.newOutputStream(unfinished)) {
                    MimeMail.of(session, from, mail).writeTo(file);
                }
                Files.move(unfinished, folder.resolve(mail.id() + ".eml"), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException | MessagingException e) {
            throw new MailFailedException(
                    "the mail cannot be written: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public boolean reachesPeople() {
        return false;
    }
}
