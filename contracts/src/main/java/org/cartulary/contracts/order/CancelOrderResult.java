package org.cartulary.contracts.order;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of a request to cancel an order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface CancelOrderResult {

    /** The order is cancelled, or never was. */
    record Cancelled() implements CancelOrderResult {}

    /** The order has gone too far, for instance to SHIPPED. */
    record NotCancellable(String status) implements CancelOrderResult {}
}
