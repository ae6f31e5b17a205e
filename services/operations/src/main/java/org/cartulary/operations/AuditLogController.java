package org.cartulary.operations;

import jakarta.validation.Valid;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.AuditAnchor;
import org.cartulary.platform.audit.AuditChain;
import org.cartulary.platform.audit.AuditEntry;
import org.cartulary.platform.audit.AuditRecords;
import org.cartulary.platform.audit.DataAccess;
import org.cartulary.platform.audit.FindAuditEntries;
import org.cartulary.platform.audit.FindDataAccesses;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.PlatformWide;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.cartulary.platform.http.UnboundedSql;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Critical operations of all services: for each shop its own, and for the platform's operators the proof that none was altered. */
@RestController
final class AuditLogController {

    private static final Comparator<AuditEntry> LATEST_FIRST = Comparator.comparing(AuditEntry::recordedAt)
            .thenComparing(entry -> entry.id().toString())
            .reversed();
    private static final Comparator<DataAccess> LATEST_READ_FIRST = Comparator.comparing(DataAccess::accessedAt)
            .thenComparing(access -> access.id().toString())
            .reversed();
    private static final Comparator<AuditChain> BY_NAME = Comparator.comparing(AuditChain::service)
            .thenComparing(chain -> chain.tenantId().toString());

    private final AskingServices<AuditRecords> services;
    private final Cursors cursors;

    AuditLogController(AskingServices<AuditRecords> services, Cursors cursors) {
        this.services = services;
        this.cursors = cursors;
    }

    /** A place in a list. */
    private record Place(@Nullable Instant time, @Nullable UUID id) {}

    /** Which entries are asked for. */
    private record Filter(
            UUID tenantId,
            @Nullable String service,
            @Nullable String action,
            @Nullable UUID subjectId,
            @Nullable UUID principalId) {

        String scope() {
            return "audit-log?tenant=" + tenantId + "&service=" + service + "&action=" + action + "&subject="
                    + subjectId + "&principal=" + principalId;
        }
    }

    @GetMapping("/api/v1/admin/audit-log")
    @SqlBudget(statements = 24, transactions = 12)
    @RequirePermission(Permissions.AUDIT_READ)
    AuditLogPage ofOwnShop(
            @RequestParam(required = false) @Nullable String service,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable UUID subjectId,
            @RequestParam(required = false) @Nullable UUID principalId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return find(new Filter(RequestContext.currentTenant(), service, action, subjectId, principalId), limit, cursor);
    }

    /** The same for any shop; that of zeros is the platform itself. */
    @GetMapping("/api/v1/admin/audit-logs/{tenantId}")
    @SqlBudget(statements = 24, transactions = 12)
    @PlatformWide
    @RequirePermission(Permissions.OPERATIONS_RUN)
    AuditLogPage ofAnyShop(
            @PathVariable UUID tenantId,
            @RequestParam(required = false) @Nullable String service,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable UUID subjectId,
            @RequestParam(required = false) @Nullable UUID principalId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return find(new Filter(tenantId, service, action, subjectId, principalId), limit, cursor);
    }

    /** Who read whose personal data. */
    @GetMapping("/api/v1/admin/data-access-log")
    @SqlBudget(statements = 24, transactions = 12)
    @RequirePermission(Permissions.AUDIT_READ)
    DataAccessPage readsOfPersonalData(
            @RequestParam(required = false) @Nullable String service,
            @RequestParam(required = false) @Nullable UUID subjectId,
            @RequestParam(required = false) @Nullable UUID personId,
            @RequestParam(required = false) @Nullable UUID principalId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String scope = "data-access-log?service=" + service + "&subject=" + subjectId + "&person=" + personId
                + "&principal=" + principalId;
        int length = Pages.limit(limit);
        Place before = place(scope, cursor);
        var query = new FindDataAccesses(
                RequestContext.currentTenant(),
                subjectId,
                personId,
                principalId,
                before.time(),
                before.id(),
                length + 1);
        AskingServices.Answers<DataAccess> answers =
                services.ask(service, (records, name) -> records.accesses(name, query), LATEST_READ_FIRST);
        Page<DataAccess> page =
                Pages.of(answers.rows(), length, access -> cursor(scope, access.accessedAt(), access.id()));
        return new DataAccessPage(page.items(), page.page(), answers.unavailable());
    }

    @PostMapping("/api/v1/admin/audit-verifications")
    @NotCritical("it only reads")
    @UnboundedSql("it reads the audit logs of all services, a page at a time")
    @IdempotentByNature("it reads, and changes nothing")
    @PlatformWide
    @RequirePermission(Permissions.RECONCILIATION_RUN)
    AuditVerification verify(@Valid @RequestBody AuditVerificationRequest request) {
        List<AuditAnchor> anchors = request.kept();
        // An anchor of a service that does not exist would be compared with nothing.
        anchors.stream().map(AuditAnchor::service).forEach(services::of);
        AskingServices.Answers<AuditChain> answers =
                services.ask(null, (records, name) -> records.chains(name, anchors), BY_NAME);
        boolean whole = answers.rows().stream().allMatch(chain -> chain.broken() == null);
        return new AuditVerification(whole && answers.unavailable().isEmpty(), answers.rows(), answers.unavailable());
    }

    private AuditLogPage find(Filter filter, @Nullable Integer limit, @Nullable String cursor) {
        int length = Pages.limit(limit);
        Place before = place(filter.scope(), cursor);
        var query = new FindAuditEntries(
                filter.tenantId(),
                filter.action(),
                filter.subjectId(),
                filter.principalId(),
                before.time(),
                before.id(),
                length + 1);
        AskingServices.Answers<AuditEntry> answers =
                services.ask(filter.service(), (records, name) -> records.entries(name, query), LATEST_FIRST);
        Page<AuditEntry> page =
                Pages.of(answers.rows(), length, entry -> cursor(filter.scope(), entry.recordedAt(), entry.id()));
        return new AuditLogPage(page.items(), page.page(), answers.unavailable());
    }

    private String cursor(String scope, Instant time, UUID id) {
        return cursors.encode(scope, List.of(time.toString(), id.toString()));
    }

    private Place place(String scope, @Nullable String cursor) {
        if (cursor == null) {
            return new Place(null, null);
        }
        List<String> keys = cursors.decode(scope, cursor);
        return new Place(Instant.parse(keys.getFirst()), UUID.fromString(keys.getLast()));
    }
}
