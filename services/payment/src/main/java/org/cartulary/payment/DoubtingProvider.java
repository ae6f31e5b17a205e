package org.cartulary.payment;

import java.util.function.Predicate;
import org.cartulary.platform.money.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Believes a provider's refusal only if its books do not show the opposite, and an approval only of the amount that was asked
 * for. Thread-safe.
 */
final class DoubtingProvider implements PaymentProvider {

    private static final Logger LOG = LoggerFactory.getLogger(DoubtingProvider.class);

    private final PaymentProvider provider;

    DoubtingProvider(PaymentProvider provider) {
        this.provider = provider;
    }

    @Override
    public String name() {
        return provider.name();
    }

    /** A charge of another amount is given up, and declined with {@link ProviderAnswer#AMOUNT_DIFFERS}. */
    @Override
    public ProviderAnswer authorize(String key, Money amount, String token) {
        ProviderAnswer answer = checked(provider.authorize(key, amount, token), key, ProviderCharge::isLive);
        return answer instanceof ProviderAnswer.Approved approved && !approved.isFor(amount)
                ? giveUp(key, amount, approved)
                : answer;
    }

    private ProviderAnswer giveUp(String key, Money asked, ProviderAnswer.Approved approved) {
        LOG.error("the provider {} has charged {} instead of {} for {}", name(), approved.amount(), asked, key);
        return provider.cancel(key, key + ":void") instanceof ProviderAnswer.Approved
                ? new ProviderAnswer.Declined(
                        ProviderAnswer.AMOUNT_DIFFERS, "the provider charged another amount, which was given up")
                : new ProviderAnswer.Unknown("the provider charged another amount, and has yet to give it up");
    }

    @Override
    public ProviderAnswer capture(String chargeKey, String key, Money amount) {
        ProviderAnswer answer = checked(
                provider.capture(chargeKey, key, amount),
                chargeKey,
                charge -> charge.state() == ProviderCharge.State.CAPTURED);
        return unlessOfAnotherAmount(answer, key, amount);
    }

    @Override
    public ProviderAnswer cancel(String chargeKey, String key) {
        return checked(
                provider.cancel(chargeKey, key),
                chargeKey,
                charge -> charge.state() == ProviderCharge.State.VOIDED
                        || charge.state() == ProviderCharge.State.DECLINED);
    }

    @Override
    public ProviderAnswer refund(String chargeKey, String key, Money amount) {
        ProviderAnswer answer = provider.refund(chargeKey, key, amount);
        ProviderAnswer checked =
                checked(answer, chargeKey, charge -> charge.refundKeys().contains(key));
        // The books name the amount of the charge, not of its refund.
        return checked != answer && checked instanceof ProviderAnswer.Approved approved
                ? approved.withoutAmount()
                : unlessOfAnotherAmount(checked, key, amount);
    }

    @Override
    public ProviderLookup find(String chargeKey) {
        return provider.find(chargeKey);
    }

    private ProviderAnswer checked(ProviderAnswer answer, String chargeKey, Predicate<ProviderCharge> isDone) {
        if (!(answer instanceof ProviderAnswer.Declined declined)) {
            return answer;
        }
        return switch (provider.find(chargeKey)) {
            case ProviderLookup.Found(ProviderCharge charge) -> {
                if (isDone.test(charge)) {
                    LOG.warn("the provider {} declined with {}, and did it: {}", name(), declined.code(), chargeKey);
                    yield charge.approval();
                }
                yield declined;
            }
            case ProviderLookup.NotFound() -> declined;
            case ProviderLookup.Unknown(String detail) -> new ProviderAnswer.Unknown(detail);
        };
    }

    /** What was taken or given back cannot be undone: the books have to say what happened, and people look at it. */
    private ProviderAnswer unlessOfAnotherAmount(ProviderAnswer answer, String key, Money asked) {
        if (answer instanceof ProviderAnswer.Approved approved && !approved.isFor(asked)) {
            LOG.error("the provider {} names {} instead of {} for {}", name(), approved.amount(), asked, key);
            return new ProviderAnswer.Unknown("the provider names another amount than was asked for");
        }
        return answer;
    }
}
