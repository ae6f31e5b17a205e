package org.cartulary.order;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.payment.AuthorizePayment;
import org.cartulary.contracts.payment.AuthorizePaymentResult;
import org.cartulary.contracts.payment.CancelPayment;
import org.cartulary.contracts.payment.CancelPaymentResult;
import org.cartulary.contracts.payment.FindPayment;
import org.cartulary.contracts.payment.PaymentApi;
import org.cartulary.contracts.payment.PaymentCancelled;
import org.cartulary.contracts.payment.PaymentCaptured;
import org.cartulary.contracts.payment.PaymentFact;
import org.cartulary.contracts.payment.PaymentRefunded;
import org.cartulary.contracts.payment.PaymentSummary;
import org.cartulary.contracts.payment.RefundPayment;
import org.cartulary.contracts.payment.RefundPaymentResult;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;

/** Payments in memory that keep the promises of the contract, and the events that they would publish. */
final class FakePayments implements PaymentApi {

    /** The payment of an order. */
    static final class Account {
        final UUID paymentId;
        final Money amount;
        String status;
        Money captured;
        Money refunded;
        final Map<UUID, Money> refunds = new HashMap<>();

        private Account(UUID paymentId, Money amount, String status) {
            this.paymentId = paymentId;
            this.amount = amount;
            this.status = status;
            this.captured = Money.zero(amount.currency());
            this.refunded = captured;
        }

        /** What the customer is charged. */
        Money charged() {
            return captured.minus(refunded);
        }

        private void giveBack(UUID refundId, Money money) {
            refunds.put(refundId, money);
            refunded = refunded.plus(money);
            status = refunded.equals(captured) ? "REFUNDED" : "PARTIALLY_REFUNDED";
        }
    }

    final Map<UUID, Account> accounts = new HashMap<>();
    final List<Object> events = new ArrayList<>();
    volatile int unknownAnswers;
    volatile @Nullable String refusal;
    private final Crash crash;

    FakePayments(Crash crash) {
        this.crash = crash;
    }

    synchronized void authorized(UUID orderId, UUID paymentId, Money amount) {
        accounts.put(orderId, new Account(paymentId, amount, "AUTHORIZED"));
    }

    /** Takes the money, if it still may be taken. */
    synchronized boolean capture(UUID orderId) {
        Account account = accounts.get(orderId);
        if (account == null || !account.status.equals("AUTHORIZED")) {
            return false;
        }
        account.status = "CAPTURED";
        account.captured = account.amount;
        events.add(new PaymentCaptured(account.paymentId, orderId, account.amount));
        return true;
    }

    @Override
    public CancelPaymentResult cancel(CancelPayment command) {
        crash.reach("before payment.cancel");
        if (answersUnknown()) {
            return new CancelPaymentResult.Unknown("the provider did not answer in time");
        }
        String status = cancelOnce(command);
        crash.reach("after payment.cancel");
        return new CancelPaymentResult.Cancelled(status);
    }

    private synchronized String cancelOnce(CancelPayment command) {
        UUID orderId = command.orderId();
        Account account =
                accounts.computeIfAbsent(orderId, id -> new Account(Ids.next(), OrderFixture.gbp("0.00"), "CANCELLED"));
        switch (account.status) {
            case "AUTHORIZED" -> {
                account.status = "CANCELLED";
                events.add(new PaymentCancelled(account.paymentId, orderId, command.reason()));
            }
            case "CAPTURED", "PARTIALLY_REFUNDED" -> {
                UUID refundId = Ids.next();
                Money left = account.charged();
                account.giveBack(refundId, left);
                events.add(refunded(orderId, account, refundId, left, command.reason()));
            }
            default -> {}
        }
        return account.status;
    }

    @Override
    public RefundPaymentResult refund(RefundPayment command) {
        crash.reach("before payment.refund");
        if (answersUnknown()) {
            return new RefundPaymentResult.Unknown("the provider did not answer in time");
        }
        RefundPaymentResult result = refundOnce(command);
        crash.reach("after payment.refund");
        return result;
    }

    private synchronized RefundPaymentResult refundOnce(RefundPayment command) {
        Account account = accounts.get(command.orderId());
        if (refusal != null) {
            return new RefundPaymentResult.Refused(refusal, "the provider declines");
        }
        if (account == null || account.captured.isZero()) {
            return new RefundPaymentResult.Refused("nothing-captured", "nothing was taken");
        }
        Money before = account.refunds.get(command.refundId());
        if (before == null) {
            Money amount = command.amount() == null ? account.charged() : command.amount();
            if (amount.compareTo(account.charged()) > 0 || amount.isZero()) {
                return new RefundPaymentResult.Refused("refund-exceeds-capture", "more than is left");
            }
            account.giveBack(command.refundId(), amount);
            events.add(refunded(command.orderId(), account, command.refundId(), amount, command.reason()));
            before = amount;
        }
        return new RefundPaymentResult.Refunded(before, account.refunded, account.status);
    }

    private static PaymentRefunded refunded(UUID orderId, Account account, UUID refundId, Money amount, String reason) {
        return new PaymentRefunded(
                account.paymentId, orderId, refundId, amount, account.refunded, account.status, reason);
    }

    private synchronized boolean answersUnknown() {
        if (unknownAnswers == 0) {
            return false;
        }
        unknownAnswers--;
        return true;
    }

    @Override
    public AuthorizePaymentResult authorize(AuthorizePayment command) {
        throw new UnsupportedOperationException("orders do not authorise payments");
    }

    @Override
    public @Nullable PaymentSummary find(FindPayment query) {
        return null;
    }

    @Override
    public FactPage<PaymentFact> facts(FactsAfter query) {
        return new FactPage<>(List.of());
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return List.of();
    }
}
