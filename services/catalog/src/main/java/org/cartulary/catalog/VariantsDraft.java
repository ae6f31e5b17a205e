package org.cartulary.catalog;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * All options and variants that a product shall have. A variant is told by its choices; one that is there and not named here is
 * deleted. A product with neither is sold under its own id.
 */
record VariantsDraft(
        @NotNull @Size(max = MAX_OPTIONS) List<@NotNull @Valid OptionDraft> options,
        @NotNull @Size(max = MAX_VARIANTS) List<@NotNull @Valid VariantDraft> variants) {

    static final int MAX_OPTIONS = 5;
    static final int MAX_VARIANTS = 500;
}
