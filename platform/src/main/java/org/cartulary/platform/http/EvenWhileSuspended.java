package org.cartulary.platform.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The endpoint is needed to bring to its end what a tenant had begun before it was suspended; every other one is answered
 * 403 {@code tenant-suspended} meanwhile. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface EvenWhileSuspended {

    /** What would stay half done without it. */
    String value();
}
