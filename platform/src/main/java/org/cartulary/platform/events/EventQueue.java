package org.cartulary.platform.events;

import java.util.Arrays;

/**
 * The queues of a database, which are alike: tables of events and of partitions. The outbox holds what happened here, until
 * the transport has it; the received events are those that the transport has brought, until they have taken effect.
 */
public enum EventQueue {
    OUTBOX("outbox"),
    RECEIVED("received");

    private final String word;

    EventQueue(String word) {
        this.word = word;
    }

    static EventQueue ofWord(String word) {
        return Arrays.stream(values())
                .filter(queue -> queue.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no queue " + word));
    }

    /** The word with which the names of its tables begin. */
    String word() {
        return word;
    }

    /** The statement with {@code $queue} replaced by the word. */
    String in(String sql) {
        return sql.replace("$queue", word);
    }
}
