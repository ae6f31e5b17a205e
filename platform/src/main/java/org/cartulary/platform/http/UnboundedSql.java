package org.cartulary.platform.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares that a call can have no {@link SqlBudget}, because it is about all there is, and says why. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface UnboundedSql {

    /** Why its cost grows with the data. */
    String value();
}
