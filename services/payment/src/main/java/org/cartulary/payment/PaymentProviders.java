package org.cartulary.payment;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.platform.http.ProblemException;

/** The providers that can be chosen, by name. Immutable. */
final class PaymentProviders {

    private final Map<String, PaymentProvider> byName;
    private final Duration timeout;

    /** The providers, each call of which ends after the time-out and whose refusals are checked against their books. */
    PaymentProviders(List<PaymentProvider> providers, Duration timeout) {
        this.timeout = timeout;
        byName = providers.stream()
                .map(provider -> new DoubtingProvider(new TimeLimitedProvider(provider, timeout)))
                .collect(Collectors.toMap(PaymentProvider::name, Function.identity()));
    }

    /** The provider that a caller has chosen: 422 {@code unknown-provider} if there is none of this name. */
    PaymentProvider named(String name) {
        PaymentProvider provider = byName.get(name);
        if (provider == null) {
            throw ProblemException.unprocessable("unknown-provider", "there is no payment provider \"" + name + "\"")
                    .with("/payment/provider", "unknown", "the providers are " + byName.keySet());
        }
        return provider;
    }

    /** How long an answer is waited for. What was asked may arrive later than that. */
    Duration timeout() {
        return timeout;
    }

    PaymentProvider of(Payment payment) {
        return named(Objects.requireNonNull(payment.provider()));
    }
}
