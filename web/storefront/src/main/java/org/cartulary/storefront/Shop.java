package org.cartulary.storefront;

import org.cartulary.platform.money.Money;

/** What the API tells everybody of the shop, as far as pages show it. */
record Shop(
        String name, String currency, String language, String timeZone, boolean pricesIncludeTax, Money minimumTotal) {}
