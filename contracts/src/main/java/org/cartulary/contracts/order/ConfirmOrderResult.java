package org.cartulary.contracts.order;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of a request to confirm an order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface ConfirmOrderResult {

    /** The order is confirmed. */
    record Confirmed() implements ConfirmOrderResult {}

    /** The order is in a state from which it cannot be confirmed, such as CANCELLED. */
    record NotConfirmable(String status) implements ConfirmOrderResult {}
}
