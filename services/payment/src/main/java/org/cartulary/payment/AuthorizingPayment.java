package org.cartulary.payment;

import java.util.Objects;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.contracts.payment.AuthorizePaymentResult;
import org.cartulary.contracts.payment.AuthorizePaymentResult.AlreadyCancelled;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Authorized;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Declined;
import org.cartulary.contracts.payment.AuthorizePaymentResult.Unknown;
import org.cartulary.platform.http.ProblemException;

/**
 * Authorises payments. What a provider is asked for is written down before it is asked, and its answer is recorded if the
 * payment still waits for it; the provider is asked outside any transaction, always under the order's key. Thread-safe.
 */
final class AuthorizingPayment {

    private final CoalescedPayments payments;
    private final PaymentProviders providers;
    private final GivingUpCharge givingUp;

    AuthorizingPayment(CoalescedPayments payments, PaymentProviders providers, GivingUpCharge givingUp) {
        this.payments = payments;
        this.providers = providers;
        this.givingUp = givingUp;
    }

    AuthorizePaymentResult authorize(AuthorizePayment command) {
        PaymentProvider provider = providers.named(command.provider());
        if (command.amount().isNegative()) {
            throw ProblemException.unprocessable("invalid-money", "the amount of a payment is not negative");
        }
        Payment payment = payments.start(command);
        requireSame(payment, command);
        if (payment.status() != Payment.Status.PENDING) {
            return answer(payment);
        }
        String key = ProviderKeys.authorize(payment.orderId());
        ProviderAnswer answer = provider.authorize(key, command.amount(), command.token());
        return switch (answer) {
            case ProviderAnswer.Approved approved -> record(payment, approved);
            case ProviderAnswer.Declined declined -> answer(payments.declined(payment, declined));
            case ProviderAnswer.Unknown unknown -> new Unknown(payment.id(), unknown.detail());
        };
    }

    private AuthorizePaymentResult record(Payment payment, ProviderAnswer.Approved approved) {
        Payment recorded = payments.authorized(payment, approved);
        // It ended while the provider was being asked: what the provider has just reserved is given up.
        if (recorded.isOffWithoutCapture() && !givingUp.giveUp(recorded)) {
            return new Unknown(payment.id(), "the payment has ended, and the provider has yet to give it up");
        }
        return answer(recorded);
    }

    private static AuthorizePaymentResult answer(Payment payment) {
        if (payment.isGivenBack()) {
            return new AlreadyCancelled(payment.id());
        }
        return switch (payment.status()) {
            case AUTHORIZED, CAPTURED, SETTLED, PARTIALLY_REFUNDED ->
                new Authorized(payment.id(), Objects.requireNonNullElse(payment.method(), "NONE"));
            case FAILED ->
                new Declined(
                        payment.id(),
                        Objects.requireNonNullElse(payment.errorCode(), "declined"),
                        Objects.requireNonNullElse(payment.errorMessage(), "the provider declined"));
            case CANCELLED, REFUNDED -> new AlreadyCancelled(payment.id());
            case PENDING -> new Unknown(payment.id(), "the provider's answer is not known yet");
        };
    }

    /** A repeated call that asks for something else is a fault of the caller, and must not be answered as if it were the same. */
    private static void requireSame(Payment payment, AuthorizePayment command) {
        if (!payment.hasBegun()) {
            return;
        }
        boolean same = payment.money(payment.amount()).equals(command.amount())
                && command.provider().equals(payment.provider());
        if (!same) {
            throw ProblemException.conflict(
                    "payment-differs", "the order has a payment of another amount, currency or provider");
        }
    }
}
