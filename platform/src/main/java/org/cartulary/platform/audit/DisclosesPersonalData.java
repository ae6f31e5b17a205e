package org.cartulary.platform.audit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The endpoint answers with personal data. Whoever reads them and is neither a customer nor a guest, who see their own only, is
 * written down in the {@code data_access_log} before the answer leaves; an answer that cannot be written down does not leave. A rule
 * fails for an endpoint whose answers hold {@link Personal} and that declares neither this nor {@link AnswersItsSender}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface DisclosesPersonalData {

    /**
     * Whether the read is written down by {@link DataAccessLog} where the data are read, because the service of the endpoint has no
     * database.
     */
    boolean loggedWhereRead() default false;
}
