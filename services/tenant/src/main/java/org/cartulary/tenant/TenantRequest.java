package org.cartulary.tenant;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.TenantSettings;
import org.jspecify.annotations.Nullable;

/** A tenant to create; settings that are left out get their defaults. */
record TenantRequest(
        @NotNull @Pattern(regexp = "[a-z][a-z0-9-]{1,62}") String name,

        @NotBlank @Size(max = 255) @Pattern(regexp = "\\P{Cntrl}*") String displayName,

        @NotNull @Size(max = 20) List<@NotNull @Pattern(regexp = "[A-Za-z0-9.:-]{1,253}") String> hosts,
        @Nullable SettingsChange settings) {

    CreateTenant command() {
        return new CreateTenant(
                name,
                displayName,
                hosts,
                settings == null
                        ? TenantSettings.defaults(SettingsChange.DEFAULT_CURRENCY)
                        : settings.appliedToDefaults());
    }
}
