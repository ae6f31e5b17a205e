package org.cartulary.platform.events;

import java.util.UUID;

/** An event has no greater version than the one before it of its aggregate: its writer did not hold the aggregate's lock. */
public final class StaleVersionException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    StaleVersionException(EventName name, UUID aggregateId, long version) {
        super("the event " + name.type() + " would lead " + name.aggregate() + " " + aggregateId + " to version "
                + version + ", where it is already, or further");
    }
}
