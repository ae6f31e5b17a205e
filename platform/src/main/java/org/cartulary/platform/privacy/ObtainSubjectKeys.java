package org.cartulary.platform.privacy;

import java.util.List;

/**
 * Asks for the keys of subjects of the current tenant; who has none gets one.
 *
 * @param subjects 1 to 1,000, each once
 */
public record ObtainSubjectKeys(List<Subject> subjects) {

    /** How many subjects one call names at most. */
    public static final int MAX_SUBJECTS = 1_000;

    public ObtainSubjectKeys {
        subjects = List.copyOf(subjects);
        if (subjects.isEmpty() || subjects.size() > MAX_SUBJECTS) {
            throw new IllegalArgumentException(
                    "a call names 1 to " + MAX_SUBJECTS + " subjects, not " + subjects.size());
        }
    }
}
