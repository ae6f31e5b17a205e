package org.cartulary.platform.saga;

import java.util.List;

/**
 * A kind of saga.
 *
 * @param type the name that its instances carry, which never changes
 * @param stateType a record that JSON can carry; it holds no secrets, since it is stored as it is
 * @param steps in the order in which they are run; steps may be appended, but a stored step keeps its number
 * @param end what is written when the last step was done, or all was undone; also after a recovery
 */
public record SagaDefinition<S>(String type, Class<S> stateType, List<SagaStep<S>> steps, SagaEnd<S> end) {

    public SagaDefinition {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a saga has at least one step");
        }
    }
}
