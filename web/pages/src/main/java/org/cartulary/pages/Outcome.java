package org.cartulary.pages;

/**
 * What became of a call that changes something.
 *
 * @param <T> what is answered
 */
public sealed interface Outcome<T> {

    /** It was done. */
    record Done<T>(T answer) implements Outcome<T> {}

    /** It was refused for a reason that the visitor can do something about: a status of 4xx other than 429. */
    record Refused<T>(Problem problem) implements Outcome<T> {}

    /**
     * The answer, where nothing is expected to be refused.
     *
     * @throws ApiException if it was
     */
    default T orThrow() {
        return switch (this) {
            case Done<T>(T answer) -> answer;
            case Refused<T>(Problem problem) -> throw new ApiException(problem);
        };
    }
}
