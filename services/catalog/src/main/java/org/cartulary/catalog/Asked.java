package org.cartulary.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * For what prices are asked.
 *
 * @param at when: this decides which of the prices of a product applies
 * @param currency ISO 4217 code; {@code null} for the shop's own. What has no price in it costs what it costs in the shop's own
 */
record Asked(Instant at, @Nullable String currency) {}
