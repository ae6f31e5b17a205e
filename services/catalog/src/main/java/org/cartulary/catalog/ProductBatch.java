package org.cartulary.catalog;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/** Products to create or change by sku, at most 500, each sku once. */
record ProductBatch(@NotEmpty @Size(max = 500) List<@NotNull @Valid ProductDraft> products) {

    /** What became of the batch, in its order. */
    record Results(List<Result> results) {}

    /**
     * What became of a product.
     *
     * @param outcome created, updated or unchanged
     */
    record Result(String sku, UUID id, String outcome) {}
}
