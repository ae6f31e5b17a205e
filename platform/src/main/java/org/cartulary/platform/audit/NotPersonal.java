package org.cartulary.platform.audit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component of an answer that looks as if it told something of a person, by its name or because it can hold anything, and does not;
 * or an endpoint whose whole answer is such a thing, like a file or a text.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface NotPersonal {

    /** Why it does not. */
    String value();
}
