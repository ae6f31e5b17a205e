package org.cartulary.platform.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that a public call which changes something may be repeated without an {@code Idempotency-Key}: twice has the
 * effect of once. Every other unsafe public call takes the key.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface IdempotentByNature {

    /** Why it is so. */
    String value();
}
