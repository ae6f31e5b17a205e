package org.cartulary.platform.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares how many SQL statements and transactions a call costs at most, in this process, whatever it is about: with one row
 * or with many, and with nothing in any cache. A call that costs more is logged as a warning and counted by the metric
 * {@code cartulary.sql.over.budget}, and fails the tests.
 *
 * <p>What a call costs does not depend on whom it meets: of a transaction that is run again after a deadlock or a serialization
 * failure only the last attempt is counted. Of one that is shared with others a call bears its part of the statements for calls
 * of its kind, rounded up, and the transaction itself; passes that were rolled back are nobody's. Looking for the tenant and the
 * principal comes before the call and is not counted, nor is what goes on in the background or in other processes. A call that is
 * refused costs what it has come to.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SqlBudget {

    /** The statements, without those that begin and end transactions, but with the one that binds the tenant to each. */
    int statements();

    /** The transactions, reading ones included. */
    int transactions();
}
