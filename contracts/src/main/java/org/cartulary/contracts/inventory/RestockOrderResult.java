package org.cartulary.contracts.inventory;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;

/** What became of a request to restock. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface RestockOrderResult {

    /** The units are available again. */
    record Restocked() implements RestockOrderResult {}

    /** Nothing is restocked: more than was sold in the order and not restocked before. */
    record MoreThanSold(UUID productId, int requested, int sold) implements RestockOrderResult {}

    /** Nothing is restocked: the order's units are not sold; the status tells whether they are reserved, or available already. */
    record NotSold(String status) implements RestockOrderResult {}
}
