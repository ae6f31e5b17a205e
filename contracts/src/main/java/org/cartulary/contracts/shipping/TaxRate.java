package org.cartulary.contracts.shipping;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * At which rate something is taxed.
 *
 * @param category the tax category of products; {@link #SHIPPING} of what it costs to send them
 * @param name what customers read, such as {@code VAT 19 %}
 * @param percent from 0 to 100, with at most four decimals, and without those that say nothing
 */
public record TaxRate(UUID id, String category, String name, BigDecimal percent) {

    /** The tax category of shipping. */
    public static final String SHIPPING = "shipping";

    /** Without decimals that say nothing, so that equal rates are equal. */
    public TaxRate {
        percent = percent.stripTrailingZeros();
        percent = percent.setScale(Math.max(0, percent.scale()));
    }
}
