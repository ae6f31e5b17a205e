package org.cartulary.contracts.payment;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of a request to cancel a payment. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface CancelPaymentResult {

    /** The customer is not charged, nor ever will be. */
    record Cancelled(String status) implements CancelPaymentResult {}

    /** The provider could not be asked: repeat the call. */
    record Unknown(String detail) implements CancelPaymentResult {}
}
