package org.cartulary.customer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.Personal;
import org.cartulary.platform.audit.PersonalDataCategory;
import org.jspecify.annotations.Nullable;

/**
 * What a customer consents to now, a state for each purpose.
 *
 * @param customerId whose consents they are
 */
record CustomerConsents(UUID customerId, List<State> items) implements AboutPerson {

    /**
     * The last that the customer said of a purpose.
     *
     * @param purpose marketing, analytics or terms
     * @param given {@code false} where the customer took it back, or never said anything
     * @param textVersion the version of the text that the customer was shown, {@code null} if never
     * @param since when the customer said so, {@code null} if never
     */
    record State(
            String purpose,
            @Personal(PersonalDataCategory.CONSENT) boolean given,
            @Nullable String textVersion,
            @Nullable Instant since) {}

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("customer", customerId, customerId);
    }
}
