package org.cartulary.payment;

import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What a provider answers. */
sealed interface ProviderAnswer {

    /** The code of a refusal to cancel a charge whose money was taken already. */
    String CAPTURED = "already_captured";

    /** The code of a charge of another amount than was asked for. */
    String AMOUNT_DIFFERS = "amount_differs";

    /**
     * It is done.
     *
     * @param reference what the provider calls it
     * @param method how the customer pays, such as {@code CARD}
     * @param amount the amount that the provider names; {@code null} if it names none
     */
    record Approved(
            String reference,
            String method,
            @Nullable String cardBrand,
            @Nullable String cardLastFour,
            @Nullable Money amount)
            implements ProviderAnswer {

        /** The same without the amount, which is that of something else. */
        Approved withoutAmount() {
            return new Approved(reference, method, cardBrand, cardLastFour, null);
        }

        /** Whether the provider has done what was asked for, and not for another amount. */
        boolean isFor(Money asked) {
            return amount == null || amount.equals(asked);
        }
    }

    /** It will not be done. */
    record Declined(String code, String detail) implements ProviderAnswer {}

    /** It may have been done or not; the same call, made again, tells. */
    record Unknown(String detail) implements ProviderAnswer {}
}
