package org.cartulary.platform.events;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares a record to be an event: {@code @EventType(name = "order.confirmed.v1", aggregate = "order")}. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {

    /** The name, which ends in its version: {@code .v1}. */
    String name();

    /** What kind of thing the event happens to. */
    String aggregate();
}
