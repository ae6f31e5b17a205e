package org.cartulary.catalog;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;

/** The size of a packed product in centimetres. */
record Dimensions(
        @NotNull @DecimalMin("0") @DecimalMax("99999") BigDecimal lengthCm,
        @NotNull @DecimalMin("0") @DecimalMax("99999") BigDecimal widthCm,
        @NotNull @DecimalMin("0") @DecimalMax("99999") BigDecimal heightCm) {}
