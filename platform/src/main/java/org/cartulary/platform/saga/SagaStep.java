package org.cartulary.platform.saga;

/**
 * One step of a saga, together with what undoes it. Both run outside any transaction, as the platform itself, and may run
 * again after a crash: both are idempotent by saga and step ({@link SagaRun#key()}). Implementations are thread-safe.
 *
 * @param <S> the state that the steps share
 */
public interface SagaStep<S> {

    /** The name of the step, which never changes. */
    String name();

    /**
     * Whether there is anything to do for this saga; where not, it is passed by as if it were not there, and leaves no note. What
     * is answered may only depend on what the state was begun with, so that whatever was done is also undone.
     */
    default boolean isNeeded(S state) {
        return true;
    }

    /**
     * Does the step. An exception means an unknown outcome: the step is run again later. Faults that pass by themselves
     * (a lost connection, a time-out, 5xx and 429, {@link UnknownOutcomeException}) are repeated for about a day, as
     * {@link StepResult.Retry} is; of any others, errors of the machine among them, five are enough to set the saga aside
     * for an operator.
     */
    StepResult<S> run(S state, SagaRun run);

    /**
     * Undoes the step, or returns the state as it is where there is nothing to undo. It is called after the step was done,
     * or by an operator's decision when nobody knows whether it was, and again until it succeeds: it has no way to refuse.
     * It throws {@link UnknownOutcomeException} while nobody knows whether it is undone.
     */
    S compensate(S state, SagaRun run);
}
