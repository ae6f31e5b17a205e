package org.cartulary.platform.operations;

import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * The stuck work of services, over all tenants, and how their databases are: of those whose databases this process has opened, or, through an HTTP client,
 * of those in another process. Thread-safe.
 */
@HttpExchange("/internal/operations/{service}")
public interface Operations {

    /**
     * What is stuck in a service's database, the oldest first.
     *
     * @throws org.cartulary.platform.http.ProblemException 404 {@code unknown-service} if its database is not opened here
     */
    @PostExchange("/stuck-work")
    List<StuckWork> find(@PathVariable("service") String service, @RequestBody FindStuckWork query);

    /**
     * Does something about stuck work, and keeps who did it and why, both or neither.
     *
     * @throws org.cartulary.platform.http.ProblemException 404 {@code stuck-work-not-found}; 409 {@code saga-running} while a
     *     node runs it, {@code stuck-work-changed} if it has another version, {@code act-not-allowed} if it is not stuck so
     *     that this can be done
     */
    @PostExchange("/acts")
    OperatorAction act(@PathVariable("service") String service, @RequestBody ActOnStuckWork command);

    /** What operators did in a service's database, the latest first. */
    @PostExchange("/actions")
    List<OperatorAction> actions(@PathVariable("service") String service, @RequestBody FindOperatorActions query);

    /**
     * How a service's database is.
     *
     * @throws org.cartulary.platform.http.ProblemException 404 {@code unknown-service} if its database is not opened here
     */
    @PostExchange("/database-health")
    DatabaseHealth health(@PathVariable("service") String service);
}
