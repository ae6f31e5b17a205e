package org.cartulary.tests.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A journey that holds the platform's processes in its own hand, so that it cannot happen on one that somebody else has
 * started: on a {@link JourneyTarget} it is left out, and {@link JourneyReport} says so.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(OwnPlatformCondition.class)
public @interface HoldsThePlatform {

    /** What it does with the processes, such as "kills the broker". */
    String value();
}
