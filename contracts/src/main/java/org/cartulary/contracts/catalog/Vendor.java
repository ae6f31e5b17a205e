package org.cartulary.contracts.catalog;

import java.util.UUID;

/** Somebody who sells products of their own in a shop. */
public record Vendor(UUID id, String name) {}
