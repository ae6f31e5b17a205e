package org.cartulary.platform.events;

import java.util.Set;

/**
 * The events that the handlers of one service want.
 *
 * @param service whose handlers they are; each service gets every event once, whichever of its processes takes it
 * @param types the names of the events
 * @param receiver keeps the events
 */
public record Subscription(String service, Set<String> types, EventReceiver receiver) {}
