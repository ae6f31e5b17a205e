package org.cartulary.auth;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.Personal;
import org.cartulary.platform.audit.PersonalDataCategory;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who works for the shop, as those see it who run it.
 *
 * @param email {@code null}, as the names, if it cannot be read any more
 * @param secondFactor whether a log-in asks for a second factor
 * @param state {@code INVITED} until a password was set, {@code ACTIVE}, {@code LOCKED} for some minutes, {@code ENDED}
 */
record StaffView(
        UUID id,
        @Personal(PersonalDataCategory.EMAIL) @Nullable String email,
        @Personal(PersonalDataCategory.NAME) @Nullable String firstName,
        @Personal(PersonalDataCategory.NAME) @Nullable String lastName,
        String role,
        State state,
        boolean secondFactor,
        Instant createdAt,
        @Nullable Instant lastLoginAt,
        @Nullable Instant lockedUntil,
        @Nullable Instant endedAt,
        long version)
        implements AboutPerson {

    /** What the account is good for. */
    enum State {
        /** No password was set yet. */
        INVITED,
        /** The person can log in. */
        ACTIVE,
        /** Too many log-ins have failed. */
        LOCKED,
        /** Nobody can log in any more. */
        ENDED
    }

    static StaffView of(StoredStaff member, @Nullable Person person) {
        return new StaffView(
                member.id(),
                person == null ? null : person.email(),
                person == null ? null : person.firstName(),
                person == null ? null : person.lastName(),
                member.role(),
                stateOf(member),
                member.secondFactor(),
                member.createdAt(),
                member.lastLoginAt(),
                member.lockedUntil(),
                member.endedAt(),
                member.version());
    }

    private static State stateOf(StoredStaff member) {
        if (member.endedAt() != null) {
            return State.ENDED;
        }
        if (member.invited()) {
            return State.INVITED;
        }
        return member.lockedUntil() == null ? State.ACTIVE : State.LOCKED;
    }

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("user", id, id);
    }

    @Override
    public String toString() {
        return "StaffView[id=" + id + ", role=" + role + "]";
    }
}
