package org.cartulary.storefront;

/** What the API tells everybody of the shop, as far as pages show it. */
record Shop(String name, String currency, String language, String timeZone, boolean pricesIncludeTax) {}
