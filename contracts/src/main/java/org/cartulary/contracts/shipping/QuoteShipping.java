package org.cartulary.contracts.shipping;

import java.math.BigDecimal;
import java.util.Objects;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Asks what it costs to send a parcel.
 *
 * @param country ISO 3166-1 alpha-2
 * @param state the state or province, where the country has some
 * @param subtotal the value of the goods after discounts, for methods that are free above a value
 * @param weightKg what the goods weigh in kilograms; those of which nothing is known count as nothing
 */
public record QuoteShipping(String country, @Nullable String state, Money subtotal, BigDecimal weightKg) {

    /** Processes of an earlier version do not say what the goods weigh. */
    public QuoteShipping {
        weightKg = Objects.requireNonNullElse(weightKg, BigDecimal.ZERO);
    }
}
