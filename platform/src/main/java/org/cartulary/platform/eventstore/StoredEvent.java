package org.cartulary.platform.eventstore;

import org.cartulary.platform.events.Event;

/** An event with its place in the feed. Immutable. */
public record StoredEvent(Event event, EventPosition position) {}
