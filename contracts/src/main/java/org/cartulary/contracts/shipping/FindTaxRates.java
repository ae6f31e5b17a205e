package org.cartulary.contracts.shipping;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the rates of tax on what is sent somewhere.
 *
 * @param country ISO 3166-1 alpha-2
 * @param state the state or province, where the country has some
 * @param at the time that counts, usually now
 */
public record FindTaxRates(String country, @Nullable String state, Instant at) {}
