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

    /** Does the step. An exception means an unknown outcome, exactly as {@link StepResult.Retry} does. */
    StepResult<S> run(S state, SagaRun run);

    /**
     * Undoes the step, or returns the state as it is where there is nothing to undo. It is only called after the step was
     * done, and again until it succeeds: it has no way to refuse.
     */
    S compensate(S state, SagaRun run);
}
