package org.cartulary.payment;

import org.cartulary.platform.money.Money;

/**
 * Somebody who moves money. Every call carries a key under which its effect happens once, however often it is made; it is
 * made outside any transaction of ours. Implementations are thread-safe.
 */
interface PaymentProvider {

    /** The name by which callers choose it, such as {@code TEST}. */
    String name();

    /**
     * Reserves the amount.
     *
     * @param key the key of the charge
     * @param token the provider's token of the customer's means of payment; never logged
     */
    ProviderAnswer authorize(String key, Money amount, String token);

    /** Takes all of what is reserved under the charge's key. */
    ProviderAnswer capture(String chargeKey, String key, Money amount);

    /**
     * Gives up what is reserved under the charge's key. A provider that has not heard of the charge declines it from now
     * on, if it can. Declined with {@link ProviderAnswer#CAPTURED} once the money was taken.
     */
    ProviderAnswer cancel(String chargeKey, String key);

    /** Gives back an amount of what was taken under the charge's key. */
    ProviderAnswer refund(String chargeKey, String key, Money amount);

    /** What the provider's books say of the charge. */
    ProviderLookup find(String chargeKey);
}
