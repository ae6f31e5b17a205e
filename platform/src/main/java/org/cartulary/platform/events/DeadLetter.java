package org.cartulary.platform.events;

import java.time.Instant;

/**
 * An event that could not be delivered, and behind which the later events of its aggregate wait.
 *
 * @param queue whether it could not leave its service or could not take effect where it arrived
 * @param error what the last attempt failed with
 * @param waiting how many later events of the aggregate wait behind it, counted up to {@link DeadLetters#MOST_COUNTED}
 */
public record DeadLetter(EventQueue queue, Event event, int attempts, Instant deadAt, String error, long waiting) {

    /** The group that it holds up. */
    public AggregateKey key() {
        return AggregateKey.of(event);
    }

    /** Its place in the list. */
    public DeadLetters.Place place() {
        return new DeadLetters.Place(event.id(), queue);
    }
}
