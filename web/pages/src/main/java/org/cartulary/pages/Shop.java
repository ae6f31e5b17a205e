package org.cartulary.pages;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What the API tells everybody of the shop, as far as pages show it. Immutable.
 *
 * @param name as its customers know it
 * @param currency the ISO 4217 code of its prices
 * @param timeZone whose days and hours it keeps
 * @param pricesIncludeTax whether its prices are those that are paid
 */
public record Shop(String name, String currency, ZoneId timeZone, boolean pricesIncludeTax) {

    /** The shop whose pages the visitor looks at, asked for once a visit. */
    public static Shop of(Visit visit) {
        return visit.remember(Shop.class, () -> visit.apiOfVisitor().get(ApiPath.of("store/shop"), Shop.class));
    }

    /** Which day it is where the shop is. */
    public LocalDate today() {
        return LocalDate.now(timeZone);
    }
}
