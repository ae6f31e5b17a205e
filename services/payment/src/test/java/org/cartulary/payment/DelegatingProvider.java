package org.cartulary.payment;

import org.cartulary.platform.money.Money;

/** Does what another provider does, but for what a test overrides. */
class DelegatingProvider implements PaymentProvider {

    private final PaymentProvider provider;

    DelegatingProvider(PaymentProvider provider) {
        this.provider = provider;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public ProviderAnswer authorize(String key, Money amount, String token) {
        return provider.authorize(key, amount, token);
    }

    @Override
    public ProviderAnswer capture(String chargeKey, String key, Money amount) {
        return provider.capture(chargeKey, key, amount);
    }

    @Override
    public ProviderAnswer cancel(String chargeKey, String key) {
        return provider.cancel(chargeKey, key);
    }

    @Override
    public ProviderAnswer refund(String chargeKey, String key, Money amount) {
        return provider.refund(chargeKey, key, amount);
    }

    @Override
    public ProviderLookup find(String chargeKey) {
        return provider.find(chargeKey);
    }
}
