package org.cartulary.payment;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a provider no longer than a while, and never while a transaction of ours is open. Whether money that it has not answered for
 * until then is reserved or taken, its books are asked, since it may be as slow the next time; what they do not tell is unknown.
 * Thread-safe.
 */
final class TimeLimitedProvider implements PaymentProvider {

    private final PaymentProvider provider;
    private final Duration timeout;

    TimeLimitedProvider(PaymentProvider provider, Duration timeout) {
        this.provider = provider;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public ProviderAnswer authorize(String key, Money amount, String token) {
        ProviderAnswer answer = withinTime(() -> provider.authorize(key, amount, token));
        return answer == null ? bookedAuthorization(key) : answer;
    }

    @Override
    public ProviderAnswer capture(String chargeKey, String key, Money amount) {
        ProviderAnswer answer = withinTime(() -> provider.capture(chargeKey, key, amount));
        return answer == null ? bookedCapture(chargeKey) : answer;
    }

    @Override
    public ProviderAnswer cancel(String chargeKey, String key) {
        return answer(() -> provider.cancel(chargeKey, key));
    }

    @Override
    public ProviderAnswer refund(String chargeKey, String key, Money amount) {
        return answer(() -> provider.refund(chargeKey, key, amount));
    }

    @Override
    public ProviderLookup find(String chargeKey) {
        ProviderLookup lookup = withinTime(() -> provider.find(chargeKey));
        return lookup == null ? new ProviderLookup.Unknown(silence()) : lookup;
    }

    private ProviderAnswer bookedAuthorization(String key) {
        if (!(find(key) instanceof ProviderLookup.Found(ProviderCharge charge))) {
            return new ProviderAnswer.Unknown(silence());
        }
        return switch (charge.state()) {
            case AUTHORIZED, CAPTURED -> charge.approval();
            case DECLINED ->
                new ProviderAnswer.Declined(
                        Objects.requireNonNullElse(charge.declineCode(), "declined"), "the provider declined");
            case VOIDED -> new ProviderAnswer.Unknown(silence());
        };
    }

    private ProviderAnswer bookedCapture(String chargeKey) {
        return find(chargeKey) instanceof ProviderLookup.Found(ProviderCharge charge)
                        && charge.state() == ProviderCharge.State.CAPTURED
                ? charge.approval()
                : new ProviderAnswer.Unknown(silence());
    }

    private ProviderAnswer answer(Callable<ProviderAnswer> call) {
        ProviderAnswer answer = withinTime(call);
        return answer == null ? new ProviderAnswer.Unknown(silence()) : answer;
    }

    private String silence() {
        return "the provider " + name() + " did not answer within " + timeout.toMillis() + " ms";
    }

    /** The answer, {@code null} if there was none in time. The call is interrupted then, and its answer is not waited for. */
    private <T> @Nullable T withinTime(Callable<T> call) {
        Database.requireNoTransaction("asking a payment provider");
        RequestContext context = RequestContext.currentOrNull();
        FutureTask<T> task = new FutureTask<>(() -> context == null ? call.call() : context.call(call));
        Thread.ofVirtual().name("payment-provider-" + name()).start(task);
        try {
            return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return null;
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a payment provider is asked", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException("the payment provider " + name() + " cannot be asked", e.getCause());
        }
    }
}
