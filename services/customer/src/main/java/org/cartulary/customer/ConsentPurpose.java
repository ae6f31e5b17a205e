package org.cartulary.customer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a customer is asked to consent to. */
enum ConsentPurpose {
    /** To be written to. */
    MARKETING(true),
    /** To have one's use of the shop evaluated. */
    ANALYTICS(true),
    /** The terms of the shop; whoever wants them no more has the account erased. */
    TERMS(false);

    private final boolean withdrawable;

    ConsentPurpose(boolean withdrawable) {
        this.withdrawable = withdrawable;
    }

    /** Whether it can be taken back. */
    boolean isWithdrawable() {
        return withdrawable;
    }

    /** As it stands in addresses, answers and tables. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ConsentPurpose> ofWord(String word) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.word().equals(word))
                .findFirst();
    }
}
