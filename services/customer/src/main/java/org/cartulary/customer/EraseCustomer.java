package org.cartulary.customer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.privacy.ReasonCode;
import org.cartulary.platform.privacy.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The state of the saga that forgets a customer, or a guest.
 *
 * @param customerId {@code null} for a guest
 * @param guestSubjectId as whom they had bought without an account
 * @param guestIds under which Guest-Tokens they had come
 * @param cartIds from what they had ordered, or were about to, as a guest
 * @param requestedAt when it was asked for, by the clock that says when keys are made: what a guest buys later is left. {@code null}
 *     where a version began it that did not keep it
 * @param by who asked for it: the kind of caller and its id
 * @param reason a code
 */
record EraseCustomer(
        @Nullable UUID customerId,
        @Nullable UUID guestSubjectId,
        List<UUID> guestIds,
        List<UUID> cartIds,
        @Nullable Instant requestedAt,
        String by,
        String reason) {

    EraseCustomer {
        // A version before kept neither.
        guestIds = Objects.requireNonNullElse(guestIds, List.<UUID>of());
        cartIds = Objects.requireNonNullElse(cartIds, List.<UUID>of());
        guestIds = List.copyOf(guestIds);
        cartIds = List.copyOf(cartIds);
        reason = ReasonCode.orUnspecified(reason);
    }

    Person person() {
        return new Person(customerId, guestSubjectId, requestedAt);
    }

    /** By which ids carts are the person's. */
    Traces traces() {
        return new Traces(customerId, List.of(), List.of(), cartIds, guestIds);
    }

    /** Whose keys are destroyed. */
    List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        if (customerId != null) {
            subjects.add(Subject.account(customerId));
        }
        if (guestSubjectId != null) {
            subjects.add(new Subject(guestSubjectId, Subject.Kind.GUEST));
        }
        return subjects;
    }
}
