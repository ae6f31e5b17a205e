package org.cartulary.catalog;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;

/** The size of a packed product in centimetres. */
record Dimensions(
        @NotNull @DecimalMin("0") @Digits(integer = 5, fraction = 2) BigDecimal lengthCm,

        @NotNull @DecimalMin("0") @Digits(integer = 5, fraction = 2) BigDecimal widthCm,

        @NotNull @DecimalMin("0") @Digits(integer = 5, fraction = 2) BigDecimal heightCm) {}
