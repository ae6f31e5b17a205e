package org.cartulary.shipping;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a zone shall be.
 *
 * @param countries ISO 3166-1 alpha-2 codes, or only {@code *} for everywhere else
 * @param states states or provinces, where there is exactly one country
 * @param methods all ways to send a parcel there, in the order in which the shop lists them
 */
record ZoneDraft(
        @NotEmpty @Size(max = 250) List<@NotNull @Pattern(regexp = "[A-Z]{2}|\\*") String> countries,
        @Nullable @Size(max = 200) List<@NotBlank @Size(max = 100) String> states,
        @NotNull @Size(max = 50) List<@NotNull @Valid MethodDraft> methods) {}
