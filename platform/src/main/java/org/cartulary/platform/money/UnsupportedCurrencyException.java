package org.cartulary.platform.money;

import java.io.Serial;

/** A currency that is not in ISO 4217, or whose minor unit has more decimals than {@code numeric(10,2)} keeps. */
public final class UnsupportedCurrencyException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnsupportedCurrencyException(String message) {
        super(message);
    }
}
