package org.cartulary.contracts.catalog;

import java.util.List;
import java.util.UUID;

/**
 * Of which product something is a variant, and which.
 *
 * @param options the choice of each option of the product, in the product's order
 */
public record VariantOf(UUID productId, List<ChosenOption> options) {}
