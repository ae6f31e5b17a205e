package org.cartulary.tenant;

import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.audit.Audited;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A shop's own settings. */
@RestController
@RequestMapping("/api/v1/admin/settings")
@RequirePermission(Permissions.SETTINGS_WRITE)
final class SettingsController {

    private final TenantDirectory directory;

    SettingsController(TenantDirectory directory) {
        this.directory = directory;
    }

    @GetMapping
    @SqlBudget(statements = 2, transactions = 1)
    ResponseEntity<TenantSettings> find() {
        return tagged(directory.find(RequestContext.currentTenant()).orElseThrow(TenantDirectory::unknown));
    }

    @PutMapping
    @Audited("tenant.settings-changed")
    @SqlBudget(statements = 5, transactions = 1)
    @IdempotentByNature("it changes the version that it names, once")
    ResponseEntity<TenantSettings> change(
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody SettingsChange change) {
        return tagged(directory.changeSettings(ETags.requireMatch(ifMatch), change));
    }

    private static ResponseEntity<TenantSettings> tagged(Tenant tenant) {
        return ResponseEntity.ok().eTag(ETags.of(tenant.version())).body(tenant.settings());
    }
}
