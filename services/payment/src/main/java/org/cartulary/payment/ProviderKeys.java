package org.cartulary.payment;

import java.util.UUID;

/** The keys under which a provider is asked: derived from the order or refund, so that a repeated call asks under the same one. */
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

    /** For what a provider reserves after the payment has ended. */
    static String cancelLate(UUID orderId) {
        return orderId + ":void:late";
    }

    /** For giving back a charge of another amount than was asked for. */
    static String giveBack(UUID orderId) {
        return orderId + ":give-back";
    }

    static String refund(UUID refundId) {
        return "refund:" + refundId;
    }

    /** For giving back all that is left; a second one of an order has a number behind it. */
    static String refundRest(UUID orderId) {
        return orderId + ":refund";
    }
}
