package org.cartulary.contracts.privacy;

import java.time.Instant;
import java.util.List;
import org.cartulary.platform.privacy.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Has everything that was sealed for subjects of the current tenant be unreadable for ever.
 *
 * @param subjects 1 to 100
 * @param madeBefore keys that were made since then are left, {@code null} for none: a guest who was forgotten may have come again
 * @param by who decided it: the kind of the caller and its id
 * @param reason why, at most 200 characters; it names nobody
 */
public record DestroySubjectKeys(
        List<Subject> subjects, @Nullable Instant madeBefore, String by, String reason) {

    private static final int MAX_SUBJECTS = 100;
    private static final int MAX_REASON_CHARACTERS = 200;

    public DestroySubjectKeys {
        subjects = List.copyOf(subjects);
        if (subjects.isEmpty() || subjects.size() > MAX_SUBJECTS) {
            throw new IllegalArgumentException("1 to " + MAX_SUBJECTS + " subjects are named, not " + subjects.size());
        }
        if (reason.isBlank() || reason.length() > MAX_REASON_CHARACTERS) {
            throw new IllegalArgumentException("a reason has 1 to " + MAX_REASON_CHARACTERS + " characters");
        }
    }
}
