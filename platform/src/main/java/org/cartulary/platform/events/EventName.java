package org.cartulary.platform.events;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a record's {@link EventType} says. */
record EventName(String type, int version, String aggregate) {

    private static final Pattern VERSIONED = Pattern.compile("[a-z0-9_.-]+\\.v([1-9][0-9]{0,3})");

    private static final ClassValue<EventName> NAMES = new ClassValue<>() {
        @Override
        protected EventName computeValue(Class<?> type) {
            return read(type);
        }
    };

    /**
     * The name of the event.
     *
     * @throws IllegalArgumentException if the record does not carry the annotation, or its name has no version
     */
    static EventName of(Class<?> eventType) {
        return NAMES.get(eventType);
    }

    private static EventName read(Class<?> eventType) {
        EventType annotation = eventType.getAnnotation(EventType.class);
        if (annotation == null) {
            throw new IllegalArgumentException(eventType.getName() + " does not carry @EventType");
        }
        Matcher matcher = VERSIONED.matcher(annotation.name());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the name of " + eventType.getName()
                    + " is lower-case and ends in its version, such as order.confirmed.v1: " + annotation.name());
        }
        return new EventName(annotation.name(), Integer.parseInt(matcher.group(1)), annotation.aggregate());
    }
}
