package org.cartulary.contracts.payment;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;

/** What became of a request to authorise a payment. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface AuthorizePaymentResult {

    /** The amount is reserved; nothing to pay (a total of zero) counts as authorised. */
    record Authorized(UUID paymentId, String method) implements AuthorizePaymentResult {}

    /** The provider declined, finally. */
    record Declined(UUID paymentId, String code, String detail) implements AuthorizePaymentResult {}

    /** Nobody knows yet: ask again by repeating the call. */
    record Unknown(UUID paymentId, String detail) implements AuthorizePaymentResult {}

    /** The payment was cancelled before. */
    record AlreadyCancelled(UUID paymentId) implements AuthorizePaymentResult {}
}
