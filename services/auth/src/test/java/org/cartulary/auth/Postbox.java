package org.cartulary.auth;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cartulary.platform.mail.Mail;
import org.cartulary.platform.mail.MailFailedException;
import org.cartulary.platform.mail.MailSender;

/** Takes mails as a mail server does, as long as it is open. */
final class Postbox implements MailSender {

    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final boolean reachesPeople;
    private volatile boolean closed;

    Postbox(boolean reachesPeople) {
        this.reachesPeople = reachesPeople;
    }

    void closed(boolean isClosed) {
        closed = isClosed;
    }

    /** What came for the address, the oldest first. */
    List<Mail> of(String email) {
        return mails.stream().filter(mail -> mail.to().equals(email)).toList();
    }

    @Override
    public void send(Mail mail) {
        if (closed) {
            throw new MailFailedException("the post office is closed");
        }
        mails.add(mail);
    }

    @Override
    public boolean reachesPeople() {
        return reachesPeople;
    }
}
