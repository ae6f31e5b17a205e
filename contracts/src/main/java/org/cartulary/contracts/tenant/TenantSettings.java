package org.cartulary.contracts.tenant;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * How a shop works. Every part has its default in {@link #defaults}.
 *
 * @param currency the ISO 4217 code of the currency in which the shop sells
 * @param language the BCP 47 tag of the language in which the shop writes to its customers
 * @param timeZone the IANA time zone in which its days begin
 * @param orders the rules for orders
 * @param reservations the rules for reservations of stock
 * @param cartDays how many days an untouched cart lives
 * @param checkoutMinutes how many minutes a checkout session lives
 * @param pricesIncludeTax whether the shop's prices, those of shipping too, contain the tax, which is otherwise added to them
 */
public record TenantSettings(
        @NotBlank @Size(min = 3, max = 3) String currency,
        @NotBlank String language,
        @NotBlank String timeZone,
        @NotNull @Valid OrderRules orders,
        @NotNull @Valid ReservationRules reservations,
        @Min(1) @Max(365) int cartDays,
        @Min(1) @Max(10_080) int checkoutMinutes,
        boolean pricesIncludeTax) {

    /** The defaults of the source documents, for a shop that sells in this currency: totals of orders in its minor units. */
    public static TenantSettings defaults(String currency) {
        return new TenantSettings(
                currency, "en", "UTC", OrderRules.defaults(currency), ReservationRules.DEFAULTS, 30, 60, false);
    }
}
