package org.cartulary.platform.audit;

import java.util.List;
import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.SafeToRepeat;
import org.cartulary.platform.remote.Takes;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * The audit logs of services: of those whose databases this process has opened, or, through an HTTP client, of those in another
 * process. Thread-safe.
 */
@HttpExchange("/internal/audit/{service}")
public interface AuditRecords {

    /**
     * Critical operations in a service's database, the latest first.
     *
     * @throws org.cartulary.platform.http.ProblemException 404 {@code unknown-service} if its database is not opened here
     */
    @SafeToRepeat
    @PostExchange("/entries")
    List<AuditEntry> entries(@PathVariable("service") String service, @RequestBody FindAuditEntries query);

    /** Who read whose personal data in a service, the latest first. */
    @SafeToRepeat
    @PostExchange("/accesses")
    List<DataAccess> accesses(@PathVariable("service") String service, @RequestBody FindDataAccesses query);

    /** Who read what is kept on somebody in a service, the first read first. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange("/accesses-to-person")
    List<DataAccess> accessesTo(@PathVariable("service") String service, @RequestBody FindAccessesToPerson query);

    /** Reads all chains in a service's database from their beginnings, and compares them with ends that were kept outside. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange("/chains")
    List<AuditChain> chains(@PathVariable("service") String service, @RequestBody List<AuditAnchor> anchors);
}
