package org.cartulary.customer;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a customer says of one purpose.
 *
 * @param given whether the consent is given, or taken back
 * @param textVersion the version of the text that the customer was shown, as the shop names it
 * @param source where it was said, such as checkout or cookie-banner; {@code null} for the account
 */
record ConsentStatement(
        @NotNull Boolean given,

        @NotNull @Size(max = 50) @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._-]*") String textVersion,

        @Nullable @Size(max = 50) @Pattern(regexp = "[a-z][a-z0-9-]*") String source) {

    String sourceOrAccount() {
        return source == null ? "account" : source;
    }
}
