package org.cartulary.platform.saga;

import java.util.ArrayList;
import java.util.List;

/**
 * A kind of saga.
 *
 * @param type the name that its instances carry, which never changes
 * @param stateType a record that JSON can carry; it holds no secrets, since it is stored as it is
 * @param steps in the order in which they are run; steps may be appended, but a stored step keeps its number
 * @param end what is written when the last step was done, or all was undone; also after a recovery
 * @param forwardOnly whether nothing of it is ever undone: only its first step may be refused, and no operator can have it
 *     compensated
 */
public record SagaDefinition<S>(
        String type, Class<S> stateType, List<SagaStep<S>> steps, SagaEnd<S> end, boolean forwardOnly) {

    /** A kind of saga that is undone when a step is refused. */
    public SagaDefinition(String type, Class<S> stateType, List<SagaStep<S>> steps, SagaEnd<S> end) {
        this(type, stateType, steps, end, false);
    }

    /** A kind of saga whose steps are never undone, see {@link #forwardOnly()}. */
    public static <S> SagaDefinition<S> forwardOnly(
            String type, Class<S> stateType, List<SagaStep<S>> steps, SagaEnd<S> end) {
        return new SagaDefinition<>(type, stateType, steps, end, true);
    }

    public SagaDefinition {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a saga has at least one step");
        }
    }

    /** Every point that a saga of this kind can pass, each once, see {@link SagaListener}. */
    public List<String> points() {
        List<String> points = new ArrayList<>(List.of("begin/before", "started", "resumed"));
        for (SagaStep<S> step : steps) {
            points.add(step.name() + "/before");
            points.add(step.name() + "/done");
        }
        points.addAll(List.of("progress/before", "progress/written", "refused/before", "refused"));
        for (SagaStep<S> step : steps.reversed()) {
            points.add(step.name() + "/undoing");
            points.add(step.name() + "/undone");
        }
        points.addAll(List.of("suspended/before", "suspended", "end/before", "end/written"));
        return List.copyOf(points);
    }
}
