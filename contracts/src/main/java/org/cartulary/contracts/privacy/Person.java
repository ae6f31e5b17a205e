package org.cartulary.contracts.privacy;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on whom services keep records, in the current tenant; at least one of the two is known.
 *
 * @param customerId the customer, which also is the user where there is an account; {@code null} for a guest
 * @param guestSubjectId as whom they bought without an account, where the e-mail address is known to be theirs
 * @param guestUntil of what they did without an account, only that up to then is meant; {@code null} for all of it
 */
public record Person(
        @Nullable UUID customerId,
        @Nullable UUID guestSubjectId,
        @Nullable Instant guestUntil) {

    public Person {
        if (customerId == null && guestSubjectId == null) {
            throw new IllegalArgumentException("nobody is named");
        }
    }

    /** Somebody, with all that they ever did. */
    public Person(@Nullable UUID customerId, @Nullable UUID guestSubjectId) {
        this(customerId, guestSubjectId, null);
    }

    /** Somebody of whom no more is known than that they buy under an e-mail address. */
    public static Person guest(UUID guestSubjectId) {
        return new Person(null, guestSubjectId);
    }
}
