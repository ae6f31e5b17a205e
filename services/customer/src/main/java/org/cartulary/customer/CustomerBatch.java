package org.cartulary.customer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Customers to create or change by number, at most 500, each number and each e-mail address once. */
record CustomerBatch(@NotEmpty @Size(max = 500) List<@NotNull @Valid Entry> customers) {

    /**
     * What a customer shall be; what is not given stays as it is.
     *
     * @param country noted in the metadata, as the shop writes it
     */
    record Entry(
            @NotBlank @Size(max = 50) String customerNumber,

            @NotBlank @Size(max = 255) @Pattern(regexp = CustomerDraft.EMAIL) String email,

            @Nullable @Size(max = 100) String firstName,
            @Nullable @Size(max = 100) String lastName,
            @Nullable @Size(max = 100) String country) {}

    /** What became of the batch, in its order. */
    record Results(List<Result> results) {}

    /**
     * What became of a customer.
     *
     * @param outcome created, updated or unchanged
     */
    record Result(String customerNumber, UUID id, String outcome) {}
}
