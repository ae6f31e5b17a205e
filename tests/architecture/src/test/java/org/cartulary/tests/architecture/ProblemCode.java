package org.cartulary.tests.architecture;

import java.util.Comparator;

/**
 * A code with which the API answers.
 *
 * @param service whose code it is, {@code platform} for those that all services answer
 */
record ProblemCode(String service, String code, int status) implements Comparable<ProblemCode> {

    static final String PLATFORM = "platform";

    private static final Comparator<ProblemCode> ORDER = Comparator.comparing(ProblemCode::service)
            .thenComparing(ProblemCode::code)
            .thenComparingInt(ProblemCode::status);

    /** The same code and status, as one that every service answers. */
    ProblemCode ofPlatform() {
        return new ProblemCode(PLATFORM, code, status);
    }

    @Override
    public int compareTo(ProblemCode other) {
        return ORDER.compare(this, other);
    }
}
