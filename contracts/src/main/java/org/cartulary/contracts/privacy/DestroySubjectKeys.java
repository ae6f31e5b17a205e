package org.cartulary.contracts.privacy;

import java.time.Instant;
import java.util.List;
import org.cartulary.platform.privacy.ReasonCode;
import org.cartulary.platform.privacy.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Has everything that was sealed for subjects of the current tenant be unreadable for ever.
 *
 * @param subjects 1 to 100
 * @param madeBefore keys of guests that were made since then are left, {@code null} for none: a guest who was forgotten may have come again,
 *     as no account can
 * @param by who decided it: the kind of the caller and its id
 * @param reason a {@linkplain ReasonCode code}: it is kept for ever
 */
public record DestroySubjectKeys(
        List<Subject> subjects, @Nullable Instant madeBefore, String by, String reason) {

    private static final int MAX_SUBJECTS = 100;

    public DestroySubjectKeys {
        subjects = List.copyOf(subjects);
        if (subjects.isEmpty() || subjects.size() > MAX_SUBJECTS) {
            throw new IllegalArgumentException("1 to " + MAX_SUBJECTS + " subjects are named, not " + subjects.size());
        }
        ReasonCode.require(reason);
    }
}
