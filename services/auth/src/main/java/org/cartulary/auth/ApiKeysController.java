package org.cartulary.auth;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.PlatformWide;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** API keys, made by a shop's administrator or, for the first one, by the operator of the platform. */
@RestController
final class ApiKeysController {

    private static final java.util.regex.Pattern INTEGRATION_NAME =
            java.util.regex.Pattern.compile("[A-Za-z0-9.-]{1,100}");

    private final ApiKeys keys;
    private final TenantApi tenants;

    ApiKeysController(ApiKeys keys, TenantApi tenants) {
        this.keys = keys;
        this.tenants = tenants;
    }

    record ApiKeyRequest(
            @NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*") String name,

            @NotEmpty @Size(max = 100) List<@NotNull String> permissions,
            @Nullable @Min(1) @Max(87_600) Integer expiresInHours) {}

    record IntegrationKeyRequest(
            @NotEmpty @Size(max = 100) List<@NotNull String> permissions,
            @Nullable @Min(1) @Max(87_600) Integer expiresInHours) {}

    record ApiKeyView(
            UUID id,
            String key,
            String name,
            Set<String> permissions,
            @Nullable Instant expiresAt) {

        @Override
        public String toString() {
            return "ApiKeyView[id=" + id + ", name=" + name + "]";
        }
    }

    @PostMapping("/api/v1/admin/tenants/{tenantId}/api-keys")
    @Audited("api-key.created")
    @SqlBudget(statements = 5, transactions = 2)
    @IdempotentByNature("a key is shown once and must not be kept; one whose answer was lost is known to nobody")
    @PlatformWide
    @RequirePermission(Permissions.TENANTS_WRITE)
    ResponseEntity<ApiKeyView> createForTenant(@PathVariable UUID tenantId, @Valid @RequestBody ApiKeyRequest request) {
        return within(tenantId)
                .supply(() -> created(
                        keys.create(
                                request.name(),
                                granted(request.permissions(), Permissions.OF_A_SHOP),
                                life(request.expiresInHours())),
                        request.name(),
                        request.permissions()));
    }

    /** A new key for an integration that keeps its identity; the key that it had before admits it no longer. */
    @PutMapping("/api/v1/admin/tenants/{tenantId}/integrations/{name}/key")
    @Audited("api-key.renewed")
    @SqlBudget(statements = 5, transactions = 2)
    @IdempotentByNature("the integration has the key of the last call")
    @PlatformWide
    @RequirePermission(Permissions.TENANTS_WRITE)
    ResponseEntity<ApiKeyView> renewForTenant(
            @PathVariable UUID tenantId, @PathVariable String name, @Valid @RequestBody IntegrationKeyRequest request) {
        if (!INTEGRATION_NAME.matcher(name).matches()) {
            throw ProblemException.unprocessable(
                    "invalid-name", "the name of an integration has 1 to 100 letters, digits, dots and hyphens");
        }
        return within(tenantId)
                .supply(() -> created(
                        keys.renew(
                                name,
                                granted(request.permissions(), Permissions.OF_A_SHOP),
                                life(request.expiresInHours())),
                        name,
                        request.permissions()));
    }

    private RequestContext within(UUID tenantId) {
        if (tenants.find(new FindTenant(tenantId)) == null) {
            throw ProblemException.notFound("tenant-not-found", "there is no such tenant");
        }
        RequestContext operator = RequestContext.current();
        return new RequestContext(tenantId, operator.principal(), operator.traceId());
    }

    @PostMapping("/api/v1/admin/api-keys")
    @Audited("api-key.created")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("a key is shown once and must not be kept; one whose answer was lost is known to nobody")
    @RequirePermission(Permissions.API_KEYS_WRITE)
    ResponseEntity<ApiKeyView> create(@Valid @RequestBody ApiKeyRequest request) {
        // Whoever makes a key cannot give it more than they have.
        Set<String> permissions = granted(
                request.permissions(), RequestContext.current().principal().permissions());
        return created(
                keys.create(request.name(), permissions, life(request.expiresInHours())),
                request.name(),
                request.permissions());
    }

    @DeleteMapping("/api/v1/admin/api-keys/{id}")
    @Audited("api-key.revoked")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("what is revoked stays revoked")
    @RequirePermission(Permissions.API_KEYS_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID id) {
        if (!keys.revoke(id)) {
            throw ProblemException.notFound("api-key-not-found", "there is no such API key");
        }
    }

    private static Set<String> granted(List<String> wanted, Set<String> grantable) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!Permissions.OF_A_SHOP.contains(wanted.get(i))) {
                throw ProblemException.unprocessable("unknown-permission", "an API key cannot have this permission")
                        .with("/permissions/" + i, "unknown", "use a permission of a shop");
            }
        }
        if (!grantable.containsAll(wanted)) {
            throw ProblemException.forbidden(
                    "permission-not-held", "you cannot give a permission that you do not have yourself");
        }
        return new TreeSet<>(wanted);
    }

    private static @Nullable Duration life(@Nullable Integer hours) {
        return hours == null ? null : Duration.ofHours(hours);
    }

    private static ResponseEntity<ApiKeyView> created(ApiKeys.NewKey key, String name, List<String> permissions) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new ApiKeyView(key.id(), key.key(), name, new TreeSet<>(permissions), key.expiresAt()));
    }
}
