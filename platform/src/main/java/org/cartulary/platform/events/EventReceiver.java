package org.cartulary.platform.events;

import java.util.List;

/** Keeps what a transport has brought, so that the transport need not. Thread-safe. */
public interface EventReceiver {

    /**
     * Keeps events durably, in their order, and returns when they are. It does no harm to bring some again.
     *
     * @return those that can never be kept, because of what they contain
     */
    List<Refused> keep(List<Event> events);

    /** Sets records aside durably for an operator. It does no harm to bring some again. */
    void setAside(List<UnusableRecord> records);

    /** An event that can never be kept. */
    record Refused(Event event, String reason) {}
}
