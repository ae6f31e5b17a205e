package org.cartulary.customer;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.privacy.Person;
import org.cartulary.platform.privacy.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The state of the saga that forgets a customer.
 *
 * @param guestSubjectId as whom they had bought without an account
 * @param by who asked for it: the kind of caller and its id
 */
record EraseCustomer(UUID customerId, @Nullable UUID guestSubjectId, String by, String reason) {

    Person person() {
        return new Person(customerId, guestSubjectId);
    }

    /** Whose keys are destroyed. */
    List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        subjects.add(Subject.account(customerId));
        if (guestSubjectId != null) {
            subjects.add(new Subject(guestSubjectId, Subject.Kind.GUEST));
        }
        return subjects;
    }
}
