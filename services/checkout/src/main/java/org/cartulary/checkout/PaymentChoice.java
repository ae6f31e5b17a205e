package org.cartulary.checkout;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * How the buyer pays.
 *
 * @param token the provider's token of the means of payment
 */
record PaymentChoice(
        @NotNull @Pattern(regexp = "MANUAL|TEST") String provider,
        @NotBlank @Size(max = 255) String token) {

    /** The provider that takes a word for money. */
    static final String MANUAL = "MANUAL";

    /** Leaves out the token. */
    @Override
    public String toString() {
        return "PaymentChoice[provider=" + provider + "]";
    }
}
