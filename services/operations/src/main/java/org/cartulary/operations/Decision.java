package org.cartulary.operations;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Why an operator does something about stuck work.
 *
 * @param reason in words for whoever asks later
 * @param version the version that the operator saw; without it, it is done whatever has happened since
 */
record Decision(
        @NotBlank @Size(max = 1000) String reason, @Nullable Long version) {}
