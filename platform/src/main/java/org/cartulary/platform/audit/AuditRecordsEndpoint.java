package org.cartulary.platform.audit;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.http.ProblemException;
import org.springframework.web.bind.annotation.RestController;

/** The audit logs in the databases that this process has opened. Thread-safe. */
@RestController
public final class AuditRecordsEndpoint implements AuditRecords {

    private static final int MAX_LIMIT = 1_000;

    private final Databases databases;

    /** An endpoint for all services whose databases are opened, also later. */
    public AuditRecordsEndpoint(Databases databases) {
        this.databases = databases;
    }

    @Override
    public List<AuditEntry> entries(String service, FindAuditEntries query) {
        Database database = database(service);
        requireOwn(query.tenantId());
        requireLimit(query.limit());
        return AuditLog.find(database, query);
    }

    @Override
    public List<DataAccess> accesses(String service, FindDataAccesses query) {
        Database database = database(service);
        requireOwn(query.tenantId());
        requireLimit(query.limit());
        return DataAccessLog.find(database, query);
    }

    @Override
    public List<DataAccess> accessesTo(String service, FindAccessesToPerson query) {
        Database database = database(service);
        requireOwn(query.tenantId());
        return DataAccessLog.find(database, query);
    }

    @Override
    public List<AuditChain> chains(String service, List<AuditAnchor> anchors) {
        return database(service).asReadonly(tx -> AuditChains.check(tx, service, anchors));
    }

    private Database database(String service) {
        return databases.opened().stream()
                .filter(database -> database.service().equals(service))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "unknown-service", "the database of " + service + " is not opened here"));
    }

    /** These reads see all tenants, so whoever works for one asks for no other. */
    private static void requireOwn(UUID tenantId) {
        UUID bound = RequestContext.current().tenantId();
        if (bound != null && !bound.equals(tenantId)) {
            throw new IllegalArgumentException("a tenant reads its own audit log only");
        }
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a list has 1 to 1,000 entries, not " + limit);
        }
    }
}
