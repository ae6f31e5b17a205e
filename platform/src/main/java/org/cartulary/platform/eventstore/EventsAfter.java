package org.cartulary.platform.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * Asks for the next page of a feed.
 *
 * @param after the position up to which the events are known, {@link EventPosition#START} for none
 * @param until the last position that is asked for, {@code null} for no end
 * @param limit how many events at most, 1 to {@value EventStore#MAX_PAGE}
 */
public record EventsAfter(EventPosition after, @Nullable EventPosition until, int limit) {}
