package org.cartulary.payment;

import org.cartulary.platform.money.Money;

/** People who take the money by hand, against an invoice or at the door: they trust everybody and keep no books here. */
final class ManualPaymentProvider implements PaymentProvider {

    @Override
    public String name() {
        return "MANUAL";
    }

    @Override
    public ProviderAnswer authorize(String key, Money amount, String token) {
        return approved(key);
    }

    @Override
    public ProviderAnswer capture(String chargeKey, String key, Money amount) {
        return approved(key);
    }

    @Override
    public ProviderAnswer cancel(String chargeKey, String key) {
        return approved(key);
    }

    @Override
    public ProviderAnswer refund(String chargeKey, String key, Money amount) {
        return approved(key);
    }

    @Override
    public ProviderLookup find(String chargeKey) {
        return new ProviderLookup.NotFound();
    }

    private static ProviderAnswer approved(String key) {
        return new ProviderAnswer.Approved("manual:" + key, "MANUAL", null, null, null);
    }
}
