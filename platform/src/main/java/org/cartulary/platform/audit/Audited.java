package org.cartulary.platform.audit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The endpoint does something critical: whoever calls it and changes something is written down in the {@link AuditLog}, in the
 * transaction of the change. Each state-changing operation of staff declares this or {@link NotCritical}; reads that are critical,
 * as of a secret, may declare it too. A test calls each and looks for its entry.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Audited {

    /** The action of the entry, such as {@code api-key.revoked}; several where it depends on what was there. */
    String[] value();
}
