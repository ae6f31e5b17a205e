package org.cartulary.platform.saga;

import java.util.List;
import java.util.UUID;

/**
 * Is told of every point that a saga passes: right before and right after everything that is kept, in this database or, by a
 * step, in another service. For tests that kill the process at each point, and for tracing. Implementations are found by
 * {@link java.util.ServiceLoader} when the first saga is defined; without any, nothing is done and nothing is paid.
 *
 * <p>The points of a saga, in the order in which it may pass them ({@link SagaDefinition#points()} lists those of a kind):
 *
 * <ul>
 *   <li>{@code begin/before}: in the transaction of the intent, before the saga is written
 *   <li>{@code started}: that transaction is committed
 *   <li>{@code resumed}: a recovery has taken its lease
 *   <li>{@code <step>/before}, {@code <step>/done}: around a step that is done
 *   <li>{@code refused/before}, {@code refused}: around the writing of a refusal, after which it never goes forward again
 *   <li>{@code <step>/undoing}, {@code <step>/undone}: around the compensation of a step
 *   <li>{@code progress/before}, {@code progress/written}: around the writing of the progress of a saga that takes long
 *   <li>{@code suspended/before}, {@code suspended}: around the giving back of the lease until another attempt
 *   <li>{@code end/before}, {@code end/written}: around the transaction that ends it
 * </ul>
 *
 * <p>It is told synchronously, by the thread that runs the saga, often of many sagas at once: implementations are
 * thread-safe and quick. A {@link RuntimeException} that it throws is logged and changes nothing; an {@link Error} ends the
 * run there, as the end of the process would.
 */
public interface SagaListener {

    /**
     * A kind of saga is known to this process.
     *
     * @param points every point that a saga of this kind can pass, each once
     */
    default void defined(String sagaType, List<String> points) {}

    /** A saga passes a point. */
    void reached(String sagaType, UUID sagaId, String point);
}
