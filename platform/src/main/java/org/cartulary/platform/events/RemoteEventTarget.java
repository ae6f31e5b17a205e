package org.cartulary.platform.events;

import java.util.List;

/** Another process that hosts consumers. Implementations are thread-safe. */
public interface RemoteEventTarget {

    /** Hands the events over in order; returns when all of them have taken effect there, and throws otherwise. */
    void deliver(List<Event> events);
}
