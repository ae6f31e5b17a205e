package org.cartulary.tenant;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.PlatformWide;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The tenants, for the operator of the platform. */
@RestController
@RequestMapping("/api/v1/admin/tenants")
@PlatformWide
@RequirePermission(Permissions.TENANTS_WRITE)
final class TenantsController {

    private final TenantDirectory directory;
    private final Cursors cursors;

    TenantsController(TenantDirectory directory, Cursors cursors) {
        this.directory = directory;
        this.cursors = cursors;
    }

    @PostMapping
    @Audited("tenant.created")
    @SqlBudget(statements = 5, transactions = 1)
    @IdempotentByNature("a name is taken once: a repetition is told who has it")
    ResponseEntity<Tenant> create(@Valid @RequestBody TenantRequest request) {
        return switch (directory.create(request.command())) {
            case CreateTenantResult.Created(Tenant tenant) ->
                ResponseEntity.created(URI.create("/api/v1/admin/tenants/" + tenant.id()))
                        .eTag(ETags.of(tenant.version()))
                        .body(tenant);
            case CreateTenantResult.NameTaken(Tenant tenant) ->
                throw ProblemException.conflict("tenant-exists", "there is a tenant of the name " + tenant.name())
                        .with("/name", "taken", "choose another name");
        };
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    Page<Tenant> list(
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String scope = "tenants?name=" + name;
        int length = Pages.limit(limit);
        String after = cursor == null ? null : cursors.decode(scope, cursor).getFirst();
        return Pages.of(
                directory.list(name, after, length + 1),
                length,
                tenant -> cursors.encode(scope, List.of(tenant.name())));
    }

    @GetMapping("/{id}")
    @SqlBudget(statements = 2, transactions = 1)
    ResponseEntity<Tenant> find(@PathVariable UUID id) {
        return tagged(directory.find(id).orElseThrow(TenantDirectory::unknown));
    }

    @PutMapping("/{id}/settings")
    @Audited("tenant.settings-changed")
    @SqlBudget(statements = 5, transactions = 1)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<Tenant> changeSettings(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody SettingsChange change) {
        long version = ETags.requireMatch(ifMatch);
        return tagged(within(id, () -> directory.changeSettings(version, change)));
    }

    @PutMapping("/{id}")
    @Audited("tenant.changed")
    @SqlBudget(statements = 6, transactions = 1)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<Tenant> change(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody TenantChange change) {
        long version = ETags.requireMatch(ifMatch);
        return tagged(within(id, () -> directory.change(version, change)));
    }

    @PostMapping("/{id}/suspensions")
    @Audited("tenant.suspended")
    @SqlBudget(statements = 4, transactions = 1)
    @IdempotentByNature("a tenant that is suspended stays so")
    ResponseEntity<Tenant> suspend(@PathVariable UUID id, @Valid @RequestBody StateChange why) {
        return tagged(within(id, () -> directory.setActive(false, why)));
    }

    @PostMapping("/{id}/activations")
    @Audited("tenant.activated")
    @SqlBudget(statements = 4, transactions = 1)
    @IdempotentByNature("a tenant that is active stays so")
    ResponseEntity<Tenant> activate(@PathVariable UUID id, @Valid @RequestBody StateChange why) {
        return tagged(within(id, () -> directory.setActive(true, why)));
    }

    /** Row-level security lets a change reach the bound tenant only, so the operator enters the tenant for it. */
    private static Tenant within(UUID id, Supplier<Tenant> work) {
        RequestContext operator = RequestContext.current();
        return new RequestContext(id, operator.principal(), operator.traceId()).supply(work);
    }

    private static ResponseEntity<Tenant> tagged(Tenant tenant) {
        return ResponseEntity.ok().eTag(ETags.of(tenant.version())).body(tenant);
    }
}
