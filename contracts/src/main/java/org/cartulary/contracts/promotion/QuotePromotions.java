package org.cartulary.contracts.promotion;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks what promotions take off these lines.
 *
 * @param lines what is bought, all in one currency; at least one line
 * @param customerId who buys, {@code null} for a guest
 * @param codes the codes of the buyer's coupons, as they were typed; may be empty
 * @param couponsOnly whether nothing is taken off but what the codes are for, as for an order that was placed elsewhere, at another
 *     time
 * @param firstOrder whether the customer has not ordered before; {@code null} where the caller has not found out
 */
public record QuotePromotions(
        List<PromotedLine> lines,
        @Nullable UUID customerId,
        List<String> codes,
        boolean couponsOnly,
        @Nullable Boolean firstOrder) {

    public QuotePromotions {
        lines = List.copyOf(lines);
        codes = List.copyOf(codes);
    }
}
