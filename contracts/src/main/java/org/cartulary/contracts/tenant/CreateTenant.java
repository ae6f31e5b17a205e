package org.cartulary.contracts.tenant;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Creates a tenant.
 *
 * @param name unique, lower-case letters, digits and hyphens, such as {@code online-retail}
 * @param displayName the shop's name as people read it
 * @param hosts the host names under which the shop is reached
 * @param settings how the shop works
 */
public record CreateTenant(
        @NotBlank @Pattern(regexp = "[a-z][a-z0-9-]{1,62}") String name,
        @NotBlank @Size(max = 255) String displayName,
        @NotNull @Size(max = 20) List<@NotBlank @Size(max = 253) String> hosts,
        @NotNull @Valid TenantSettings settings) {}
