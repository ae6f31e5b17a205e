package org.cartulary.contracts.shipping;

import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Asks what it costs to send a parcel.
 *
 * @param country ISO 3166-1 alpha-2
 * @param state the state or province, where the country has some
 * @param subtotal the value of the goods, for methods that are free above a value
 */
public record QuoteShipping(String country, @Nullable String state, Money subtotal) {}
