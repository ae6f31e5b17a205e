package org.cartulary.contracts.order;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What became of a request to create an order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface CreateOrderResult {

    /** The order exists. */
    record Created(String orderNumber, Instant placedAt) implements CreateOrderResult {}

    /** The order breaks rules of the shop and does not exist. */
    record Refused(List<Violation> violations) implements CreateOrderResult {}

    /** Another order has this external reference. */
    record DuplicateReference(UUID orderId) implements CreateOrderResult {}

    /** The order was created and cancelled before. */
    record AlreadyCancelled() implements CreateOrderResult {}

    /** A broken rule, such as {@code total-above-maximum}. */
    record Violation(String code, String detail) {}
}
