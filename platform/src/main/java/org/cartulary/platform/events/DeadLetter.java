package org.cartulary.platform.events;

import java.time.Instant;

/**
 * An event that could not be delivered, and behind which the later events of its aggregate wait.
 *
 * @param error what the last attempt failed with
 * @param waiting how many later events of the aggregate wait behind it
 */
public record DeadLetter(Event event, int attempts, Instant deadAt, String error, long waiting) {}
