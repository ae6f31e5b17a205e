package org.cartulary.platform.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares how many SQL statements and transactions a call costs at most, in this process, whatever it is about: with one row
 * or with many, and with nothing in any cache. Those that it shares with others count by its part. A call that costs more is
 * logged as a warning, and fails the tests.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SqlBudget {

    /** The statements, without those that begin and end transactions. */
    int statements();

    /** The transactions, reading ones included. */
    int transactions();
}
