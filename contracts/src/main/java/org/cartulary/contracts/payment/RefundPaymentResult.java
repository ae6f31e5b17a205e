package org.cartulary.contracts.payment;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.cartulary.platform.money.Money;

/** What became of a refund. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface RefundPaymentResult {

    /**
     * The money is given back.
     *
     * @param amount by this refund
     * @param refunded by all refunds of the payment
     * @param status the payment's status, PARTIALLY_REFUNDED or REFUNDED
     */
    record Refunded(Money amount, Money refunded, String status) implements RefundPaymentResult {}

    /** Nothing is given back, finally: it is more than was taken and not yet given back, nothing was taken, or the provider declines. */
    record Refused(String code, String detail) implements RefundPaymentResult {}

    /** Nobody knows yet: repeat the call. */
    record Unknown(String detail) implements RefundPaymentResult {}
}
