package org.cartulary.payment;

import java.util.UUID;

/** The keys under which a provider is asked: derived from the order, so that a repeated call asks under the same one. */
final class ProviderKeys {

    private ProviderKeys() {}

    static String authorize(UUID orderId) {
        return orderId + ":authorize";
    }

    static String capture(UUID orderId) {
        return orderId + ":capture";
    }

    static String cancel(UUID orderId) {
        return orderId + ":void";
    }

    static String refund(UUID orderId) {
        return orderId + ":refund";
    }
}
