package org.cartulary.payment;

import org.jspecify.annotations.Nullable;

/** What a provider answers. */
sealed interface ProviderAnswer {

    /** The code of a refusal to cancel a charge whose money was taken already. */
    String CAPTURED = "already_captured";

    /**
     * It is done.
     *
     * @param reference what the provider calls it
     * @param method how the customer pays, such as {@code CARD}
     */
    record Approved(
            String reference,
            String method,
            @Nullable String cardBrand,
            @Nullable String cardLastFour) implements ProviderAnswer {}

    /** It will not be done. */
    record Declined(String code, String detail) implements ProviderAnswer {}

    /** It may have been done or not; the same call, made again, tells. */
    record Unknown(String detail) implements ProviderAnswer {}
}
