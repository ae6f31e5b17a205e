package org.cartulary.payment;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.payment.PaymentSummary;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A payment's row.
 *
 * @param provider {@code null} for a payment that was cancelled before it began
 * @param currency likewise
 */
record Payment(
        UUID id,
        UUID orderId,
        Status status,
        @Nullable String provider,
        @Nullable String method,
        @Nullable String currency,
        BigDecimal amount,
        BigDecimal authorizedAmount,
        BigDecimal capturedAmount,
        BigDecimal refundedAmount,
        BigDecimal refundingAmount,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        long version) {

    /** The states of a payment. */
    enum Status {
        PENDING,
        AUTHORIZED,
        CAPTURED,
        SETTLED,
        FAILED,
        CANCELLED,
        PARTIALLY_REFUNDED,
        REFUNDED
    }

    /** Why a provider will not do something. */
    record Failure(String code, String detail) {}

    static Payment of(ResultSet row, int number) throws SQLException {
        return new Payment(
                row.getObject("id", UUID.class),
                row.getObject("order_id", UUID.class),
                Status.valueOf(row.getString("status")),
                row.getString("provider"),
                row.getString("payment_method"),
                row.getString("currency"),
                row.getBigDecimal("amount"),
                row.getBigDecimal("authorized_amount"),
                row.getBigDecimal("captured_amount"),
                row.getBigDecimal("refunded_amount"),
                row.getBigDecimal("refunding_amount"),
                row.getString("error_code"),
                row.getString("error_message"),
                row.getLong("version"));
    }

    /** Whether it was ever meant to move money; if not it was cancelled before it began. */
    boolean hasBegun() {
        return currency != null;
    }

    /** Whether there is anything to ask a provider for. */
    boolean movesMoney() {
        return amount.signum() > 0;
    }

    Money money(BigDecimal value) {
        return Money.of(value, Money.currencyOf(Objects.requireNonNull(currency)));
    }

    /** Whether it has ended without anything taken. */
    boolean isOffWithoutCapture() {
        return status == Status.CANCELLED || status == Status.FAILED;
    }

    /** Whether all that was taken is given back, or about to be. */
    boolean isGivenBack() {
        return capturedAmount.signum() > 0
                && refundedAmount.add(refundingAmount).compareTo(capturedAmount) == 0;
    }

    PaymentSummary summary() {
        return new PaymentSummary(
                id,
                orderId,
                status.name(),
                Objects.requireNonNull(provider),
                method,
                money(amount),
                money(capturedAmount),
                money(refundedAmount));
    }
}
