package org.cartulary.platform.events;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The events that the handlers of one service want.
 *
 * @param service whose handlers they are; each service gets every event once, whichever of its processes takes it
 * @param types the names of the events
 * @param receiver keeps events durably, in their order, and returns when they are; it does no harm to bring some again
 */
public record Subscription(String service, Set<String> types, Consumer<List<Event>> receiver) {

    /** What of these events is wanted. */
    List<Event> wanted(Collection<Event> events) {
        return events.stream().filter(event -> types.contains(event.type())).toList();
    }
}
