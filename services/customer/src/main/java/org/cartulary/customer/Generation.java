package org.cartulary.customer;

import org.cartulary.platform.eventstore.EventPosition;

/**
 * One reckoning of the statistics, over all shops.
 *
 * @param checkpoint up to where it has read the feed of orders
 * @param eventsRead how many events that were
 */
record Generation(int number, State state, EventPosition checkpoint, long eventsRead) {

    /** What it is there for. */
    enum State {
        LIVE,
        BUILDING,
        REPLACED
    }
}
