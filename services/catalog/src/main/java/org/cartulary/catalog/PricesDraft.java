package org.cartulary.catalog;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** All prices of a product and its variants besides their own: for a time, and in other currencies. */
record PricesDraft(@NotNull @Size(max = 2_000) List<@NotNull @Valid PriceDraft> prices) {}
