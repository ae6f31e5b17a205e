package org.cartulary.tenant;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * What a tenant is called and how it is reached, from now on.
 *
 * @param hosts all of them: one that is left out leads nowhere any more
 */
record TenantChange(
        @NotBlank @Size(max = 255) @Pattern(regexp = "\\P{Cntrl}*") String displayName,

        @NotNull @Size(max = 20) List<@NotNull @Pattern(regexp = "[A-Za-z0-9.:-]{1,253}") String> hosts) {}
