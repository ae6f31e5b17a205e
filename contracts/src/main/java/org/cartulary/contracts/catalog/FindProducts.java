package org.cartulary.contracts.catalog;

import java.util.List;
import java.util.UUID;

/** Asks for products and variants by id, at most 10,000 at once. */
public record FindProducts(List<UUID> ids) {}
