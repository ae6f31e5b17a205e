package org.cartulary.contracts.order;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.events.EventType;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * An order exists; it is not paid yet. All that was agreed on is here, so that the order can be told from its events alone,
 * except who the buyer is: events are kept for ever, and personal data is not.
 *
 * @param customerId who bought, {@code null} for a guest
 * @param tax on top of the prices
 * @param includedTax what of the prices is tax
 * @param total subtotal + tax + shipping − discount
 * @param lines in their order
 */
@EventType(name = "order.placed.v1", aggregate = "order")
public record OrderPlaced(
        UUID orderId,
        String orderNumber,
        @Nullable UUID customerId,
        Money subtotal,
        Money tax,
        Money includedTax,
        Money shipping,
        Money discount,
        Money total,
        List<PlacedLine> lines,
        Instant placedAt) {

    /** Events of an earlier version say nothing of taxes that prices contain. */
    public OrderPlaced {
        includedTax = Objects.requireNonNullElseGet(includedTax, () -> Money.zero(total.currency()));
        lines = List.copyOf(lines);
    }

    /** The units of all lines. */
    public long units() {
        return lines.stream().mapToLong(PlacedLine::quantity).sum();
    }
}
