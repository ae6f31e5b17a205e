package org.cartulary.payment;

import java.time.Duration;

/**
 * What an installation decides about payments.
 *
 * @param hasTestProvider whether buyers may pay with the built-in test provider; a shop that sells for money says no
 * @param providerTimeout how long a provider is waited for
 */
record PaymentSettings(boolean hasTestProvider, Duration providerTimeout) {

    PaymentSettings {
        if (providerTimeout.isNegative() || providerTimeout.isZero()) {
            throw new IllegalArgumentException("a provider is waited for longer than " + providerTimeout);
        }
    }
}
