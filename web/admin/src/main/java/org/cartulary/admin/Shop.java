package org.cartulary.admin;

import java.time.LocalDate;
import java.time.ZoneId;

/** What the API tells everybody of the shop, as far as pages show it. */
record Shop(String name, String currency, String timeZone) {

    /** Which day it is where the shop is. */
    LocalDate today() {
        return LocalDate.now(ZoneId.of(timeZone));
    }
}
