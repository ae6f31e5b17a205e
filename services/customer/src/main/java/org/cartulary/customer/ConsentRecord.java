package org.cartulary.customer;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.Personal;
import org.cartulary.platform.audit.PersonalDataCategory;
import org.jspecify.annotations.Nullable;

/**
 * Something that a customer once said of a purpose.
 *
 * @param number its place in the history of the purpose
 * @param given whether the consent was given, or taken back
 * @param textVersion the version of the text that the customer was shown
 * @param source where it was said
 * @param principalKind what kind of caller said it
 * @param principalId who said it; {@code null} for the platform itself
 */
record ConsentRecord(
        UUID id,
        UUID customerId,
        String purpose,
        int number,
        @Personal(PersonalDataCategory.CONSENT) boolean given,
        String textVersion,
        String source,
        String principalKind,
        @Nullable UUID principalId,
        Instant recordedAt)
        implements AboutPerson {

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("customer", customerId, customerId);
    }
}
