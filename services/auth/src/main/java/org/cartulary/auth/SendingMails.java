package org.cartulary.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.mail.Mail;
import org.cartulary.platform.mail.MailFailedException;
import org.cartulary.platform.mail.MailSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mails that were written down, outside any transaction: each at least once, since a node may die between sending and
 * noting it, and always with the same Message-ID. One that cannot be sent is tried again until what it brings has expired. Nodes
 * share the mails out. Thread-safe.
 */
final class SendingMails {

    /** A mail is taken up by one node at a time, and again by any after this. Longer than sending a batch may take. */
    static final Duration LEASE = Duration.ofMinutes(10);

    static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 10;
    private static final int BATCH = 10;
    private static final Logger LOG = LoggerFactory.getLogger(SendingMails.class);

    private final Database database;
    private final OutgoingMailStore store;
    private final SealingPersons persons;
    private final MailSender sender;
    private final Clock clock;

    SendingMails(Database database, OutgoingMailStore store, SealingPersons persons, MailSender sender, Clock clock) {
        this.database = database;
        this.store = store;
        this.persons = persons;
        this.sender = sender;
        this.clock = clock;
    }

    /** Sends what is due. It bears being run by several nodes and being repeated. */
    void run() {
        List<OutgoingMailStore.Taken> batch;
        do {
            batch = database.asWorker(tx -> store.take(tx, BATCH, LEASE, clock.instant()));
            batch.forEach(this::send);
        } while (batch.size() == BATCH);
    }

    private void send(OutgoingMailStore.Taken taken) {
        try {
            sender.send(mail(taken));
        } catch (MailFailedException failure) {
            LOG.warn("the mail {} cannot be sent now: {}", taken.id(), failure.reason());
            Instant nextAttempt = clock.instant().plus(pause(taken.attempt()));
            database.<Boolean>asWorker(tx -> {
                store.failed(tx, taken, failure.reason(), nextAttempt);
                return true;
            });
            return;
        }
        database.<Boolean>asWorker(tx -> {
            store.sent(tx, taken, !sender.reachesPeople(), clock.instant());
            return true;
        });
    }

    private Mail mail(OutgoingMailStore.Taken taken) throws MailFailedException {
        try {
            return RequestContext.ofSystem(taken.tenantId())
                    .supply(() -> persons.openMail(taken.id(), taken.content()))
                    .orElseThrow(() -> new MailFailedException("whom it was for was forgotten"));
        } catch (IllegalStateException unreadable) {
            // It must keep no other mail from being sent.
            LOG.warn("the mail {} cannot be read", taken.id(), unreadable);
            throw new MailFailedException("it cannot be read: no secret of this process opens it");
        }
    }

    private static Duration pause(int attempt) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
