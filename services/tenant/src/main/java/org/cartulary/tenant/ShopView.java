package org.cartulary.tenant;

import java.util.Currency;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.money.Money;

/**
 * What everybody may know of a shop, and a front end needs to show it.
 *
 * @param name what it is called
 * @param currency the ISO 4217 code of the currency in which it sells
 * @param decimals how many decimals amounts of this currency have: 2 of euros, none of yen
 * @param language the BCP 47 tag of the language in which it writes
 * @param timeZone the IANA time zone in which its days begin
 * @param pricesIncludeTax whether its prices contain the tax, which is otherwise added to them
 * @param minimumTotal the least total of an order
 * @param maximumTotal the greatest total of an order
 * @param maximumLines how many lines an order has at most
 * @param cartDays how many days an untouched cart lives
 * @param checkoutMinutes how many minutes a checkout lives
 */
record ShopView(
        String name,
        String currency,
        int decimals,
        String language,
        String timeZone,
        boolean pricesIncludeTax,
        Money minimumTotal,
        Money maximumTotal,
        int maximumLines,
        int cartDays,
        int checkoutMinutes) {

    static ShopView of(Tenant tenant) {
        TenantSettings settings = tenant.settings();
        Currency currency = Money.currencyOf(settings.currency());
        return new ShopView(
                tenant.displayName(),
                settings.currency(),
                currency.getDefaultFractionDigits(),
                settings.language(),
                settings.timeZone(),
                settings.pricesIncludeTax(),
                Money.of(settings.orders().minimumTotal(), currency),
                Money.of(settings.orders().maximumTotal(), currency),
                settings.orders().maximumLines(),
                settings.cartDays(),
                settings.checkoutMinutes());
    }
}
