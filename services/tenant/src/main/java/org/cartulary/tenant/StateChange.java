package org.cartulary.tenant;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why a tenant is suspended, or opened again: kept with who did it. */
record StateChange(@NotBlank @Size(max = 1000) String reason) {}
