package org.cartulary.platform.audit;

import java.util.Map;

/** Where the audit log of each service is found, by the name of the service. Immutable. */
public record AuditRecordsOfServices(Map<String, AuditRecords> byService) {

    public AuditRecordsOfServices {
        byService = Map.copyOf(byService);
    }
}
