package org.cartulary.operations;

import java.util.List;
import org.cartulary.platform.audit.AuditEntry;
import org.cartulary.platform.http.PageInfo;

/**
 * Critical operations, the latest first.
 *
 * @param unavailable services that did not answer; what was done there is missing
 */
record AuditLogPage(List<AuditEntry> items, PageInfo page, List<UnavailableService> unavailable) {}
