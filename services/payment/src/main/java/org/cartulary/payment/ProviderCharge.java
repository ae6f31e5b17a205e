package org.cartulary.payment;

import java.util.Set;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A charge in a provider's books.
 *
 * @param amount what is reserved or was taken; {@code null} where it was given up before it was asked for
 * @param refundKeys the keys of the refunds that were made
 * @param approval how the provider answers of it, where it reserves or has taken the amount
 * @param declineCode why it was declined, where it was
 */
record ProviderCharge(
        State state,
        @Nullable Money amount,
        Set<String> refundKeys,
        ProviderAnswer.Approved approval,
        @Nullable String declineCode) {

    /** What became of a charge. */
    enum State {
        AUTHORIZED,
        DECLINED,
        CAPTURED,
        VOIDED
    }

    ProviderCharge {
        refundKeys = Set.copyOf(refundKeys);
    }

    /** Whether the customer's money is reserved or taken. */
    boolean isLive() {
        return state == State.AUTHORIZED || state == State.CAPTURED;
    }
}
