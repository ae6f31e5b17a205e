package org.cartulary.payment;

import java.time.Duration;

/**
 * What an installation decides about payments.
 *
 * @param hasTestProvider whether buyers may pay with the built-in test provider; a shop that sells for money says no
 * @param providerTimeout how long a provider is waited for
 * @param secret the installation's, from which those of the shops' webhooks are derived
 */
record PaymentSettings(boolean hasTestProvider, Duration providerTimeout, String secret) {

    PaymentSettings {
        if (providerTimeout.isNegative() || providerTimeout.isZero()) {
            throw new IllegalArgumentException("a provider is waited for longer than " + providerTimeout);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "PaymentSettings[hasTestProvider=" + hasTestProvider + ", providerTimeout=" + providerTimeout + "]";
    }
}
