package org.cartulary.platform.mail;

/**
 * Sends mails. It takes up to half a minute and cannot be rolled back, so it is called outside transactions, for mails that were
 * written down before. Thread-safe.
 */
public interface MailSender {

    /**
     * Sends the mail; sent again it is the same mail.
     *
     * @throws MailFailedException if it was not sent, or nobody knows
     */
    void send(Mail mail);

    /** Whether mails leave for the people that they are for; if not, they stay here for whoever tries the platform. */
    boolean reachesPeople();
}
